plexus_sources += compiler/draw/diagram.c compiler/draw/layout.c compiler/draw/svg.c
plexus_headers += compiler/draw/diagram.h compiler/draw/draw.h
