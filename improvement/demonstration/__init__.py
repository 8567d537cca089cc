# The password of everybody in the demonstration.
PASSWORD = "a plan for children"
