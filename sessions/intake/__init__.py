"""From files and bodies to rows: readers per format, the form in which rows are stored, sealed keeping of files."""
