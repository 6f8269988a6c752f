# A unit is a program that prints, last, `N passed, N failed`.
unit_libraries = libplexus.a libplexus_rt.a $(LLVM_LIBS) $(OPENBLAS_LIBS) $(ZLIB_LIBS) $(CUNIT_LIBS) -lpthread
units += test_ad test_ad_random test_interp test_ir test_emit test_emit_random test_runtime_core test_runtime_data test_runtime_memory test_syntax
program_support = tests/support/op_example.c tests/support/op_example.h \
	tests/support/random_program.c tests/support/random_program.h
check_PROGRAMS += $(units)
test_ad_SOURCES = tests/unit/test_ad.c
test_ad_LDADD = $(unit_libraries)
test_ad_random_SOURCES = tests/unit/test_ad_random.c $(program_support)
test_ad_random_LDADD = $(unit_libraries)
test_emit_SOURCES = tests/unit/test_emit.c tests/unit/test_emit.h tests/unit/test_runtime.h
test_emit_LDADD = $(unit_libraries) -ldl
test_emit_LDFLAGS = -rdynamic
test_emit_random_SOURCES = tests/unit/test_emit_random.c $(program_support)
test_emit_random_LDADD = $(unit_libraries)
test_interp_SOURCES = tests/unit/test_interp.c $(program_support)
test_interp_LDADD = $(unit_libraries)
test_ir_SOURCES = tests/unit/test_ir.c $(program_support)
test_ir_LDADD = $(unit_libraries)
test_runtime_core_SOURCES = tests/unit/test_runtime_core.c tests/unit/test_runtime.h
test_runtime_core_LDADD = $(unit_libraries)
test_runtime_data_SOURCES = tests/unit/test_runtime_data.c tests/unit/test_runtime.h
test_runtime_data_LDADD = $(unit_libraries)
test_runtime_memory_SOURCES = tests/unit/test_runtime_memory.c tests/unit/test_runtime.h
test_runtime_memory_LDADD = $(unit_libraries)
test_syntax_SOURCES = tests/unit/test_syntax.c tests/unit/test_syntax_examples.h
test_syntax_LDADD = $(unit_libraries)
EXTRA_DIST += tests/run-all tests/layers tests/golden tests/embed tests/embed_peer.c tests/embed.plx
