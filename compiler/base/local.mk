plexus_sources += \
	compiler/base/arena.c \
	compiler/base/buf.c \
	compiler/base/diag.c \
	compiler/base/diag_fix.c \
	compiler/base/diag_json.c \
	compiler/base/diag_text.c \
	compiler/base/map.c \
	compiler/base/name.c \
	compiler/base/source.c \
	compiler/base/vec.c
plexus_headers += \
	compiler/base/arena.h \
	compiler/base/buf.h \
	compiler/base/diag.def \
	compiler/base/diag.h \
	compiler/base/diag_data.h \
	compiler/base/map.h \
	compiler/base/mix.h \
	compiler/base/name.h \
	compiler/base/source.h \
	compiler/base/vec.h
