"""The pack of a meeting: what it says as plain data, and that as a web page, a PDF and a workbook."""
