plexus_sources += compiler/opt/convolve.c compiler/opt/opt.c
plexus_headers += compiler/opt/opt.h compiler/opt/rule.h
