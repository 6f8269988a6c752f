plexus_sources += \
	compiler/type/axis.c \
	compiler/type/decide.c \
	compiler/type/elem.c \
	compiler/type/size.c
plexus_headers += \
	compiler/type/axis.h \
	compiler/type/elem.def \
	compiler/type/elem.h \
	compiler/type/size.h
