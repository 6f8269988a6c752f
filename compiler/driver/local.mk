plexus_sources += \
	compiler/driver/build.c \
	compiler/driver/cfile.c \
	compiler/driver/cnames.c \
	compiler/driver/check.c \
	compiler/driver/draw.c \
	compiler/driver/doc.c \
	compiler/driver/dump.c \
	compiler/driver/explain.c \
	compiler/driver/files.c \
	compiler/driver/host.c \
	compiler/driver/interface.c \
	compiler/driver/options.c \
	compiler/driver/oracle.c \
	compiler/driver/output.c \
	compiler/driver/resume.c \
	compiler/driver/run.c \
	compiler/driver/session.c \
	compiler/driver/show.c \
	compiler/driver/test.c \
	compiler/driver/unsettled.c
plexus_headers += \
	compiler/driver/cfile.h \
	compiler/driver/host.h \
	compiler/driver/interface.h \
	compiler/driver/options.h \
	compiler/driver/oracle.h \
	compiler/driver/output.h \
	compiler/driver/runhost.h \
	compiler/driver/session.h
