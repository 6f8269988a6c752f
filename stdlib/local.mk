stdlib_files +=
