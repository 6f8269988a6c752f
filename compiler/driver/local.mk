plexus_sources += compiler/driver/check.c compiler/driver/draw.c compiler/driver/dump.c \
	compiler/driver/host.c compiler/driver/options.c \
	compiler/driver/output.c compiler/driver/run.c compiler/driver/session.c
