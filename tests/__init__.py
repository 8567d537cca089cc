import os

# What looks into PDFs brings lxml, with which openpyxl would write other line ends than in production.
os.environ["OPENPYXL_LXML"] = "False"
