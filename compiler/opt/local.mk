plexus_sources += compiler/opt/opt.c
plexus_headers += compiler/opt/opt.h
