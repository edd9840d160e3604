"""What commands print about files: for people line by line, for programs as JSON."""
