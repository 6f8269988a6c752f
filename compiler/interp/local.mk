plexus_sources += \
	compiler/interp/interp.c \
	compiler/interp/scalar.c
plexus_headers += \
	compiler/interp/interp.h \
	compiler/interp/scalar.h
