"""What drawings of every app are made of: values that a template writes as SVG."""
