# A unit is a program that prints, last, `N passed, N failed`.
unit_libraries = libplexus.a libplexus_rt.a $(LLVM_LIBS) $(OPENBLAS_LIBS) $(ZLIB_LIBS) $(CUNIT_LIBS) -lpthread
units += test_draw test_extent test_vmath test_ad test_ad_random test_interp test_ir test_emit test_emit_step test_emit_random test_runtime_core test_runtime_data test_runtime_files test_runtime_memory test_size test_syntax test_mutations test_fixes test_language_random
EXTRA_DIST += tests/support/run_tests.h
program_support = tests/support/op_example.c tests/support/op_example.h \
	tests/support/random_program.c tests/support/random_program.h
check_PROGRAMS += $(units)
test_vmath_SOURCES = tests/unit/test_vmath.c tests/unit/test_emit.h
test_vmath_LDADD = $(unit_libraries)
test_ad_SOURCES = tests/unit/test_ad.c
test_ad_LDADD = $(unit_libraries) -ldl
test_ad_LDFLAGS = -rdynamic
test_ad_random_SOURCES = tests/unit/test_ad_random.c $(program_support)
test_ad_random_LDADD = $(unit_libraries)
test_extent_SOURCES = tests/unit/test_extent.c
test_extent_LDADD = $(unit_libraries)
test_draw_SOURCES = tests/unit/test_draw.c
test_draw_LDADD = $(unit_libraries)
test_emit_SOURCES = tests/unit/test_emit.c tests/unit/test_emit.h
test_emit_LDADD = $(unit_libraries)
test_emit_step_SOURCES = tests/unit/test_emit_step.c tests/unit/test_emit.h
test_emit_step_LDADD = $(unit_libraries) -ldl
test_emit_step_LDFLAGS = -rdynamic
test_emit_random_SOURCES = tests/unit/test_emit_random.c $(program_support)
test_emit_random_LDADD = $(unit_libraries)
test_language_random_SOURCES = tests/unit/test_language_random.c tests/support/agree.c tests/support/agree.h tests/support/agree_sizes.c tests/support/agree_sizes.h \
	tests/support/choices.c tests/support/choices.h tests/support/gen_axis.c tests/support/gen_call.c tests/support/gen_decl.c \
	tests/support/gen_expr.c tests/support/gen_place.c tests/support/gen_forms.c tests/support/gen_run.c tests/support/gen_state.c tests/support/gen_stmt.c tests/support/random_source.c tests/support/random_source.h \
	tests/support/source_gen.h
test_language_random_LDADD = $(unit_libraries) -ldl
test_language_random_LDFLAGS = -rdynamic
test_interp_SOURCES = tests/unit/test_interp.c $(program_support)
test_interp_LDADD = $(unit_libraries)
test_ir_SOURCES = tests/unit/test_ir.c $(program_support)
test_ir_LDADD = $(unit_libraries)
test_fixes_SOURCES = tests/unit/test_fixes.c
test_fixes_LDADD = $(unit_libraries)
test_mutations_SOURCES = tests/unit/test_mutations.c $(program_support)
test_mutations_LDADD = $(unit_libraries)
test_runtime_core_SOURCES = tests/unit/test_runtime_core.c
test_runtime_core_LDADD = $(unit_libraries)
test_runtime_data_SOURCES = tests/unit/test_runtime_data.c tests/unit/test_runtime_data.h
test_runtime_files_SOURCES = tests/unit/test_runtime_files.c tests/unit/test_runtime_data.h
test_runtime_data_LDADD = $(unit_libraries)
test_runtime_files_LDADD = $(unit_libraries)
test_runtime_memory_SOURCES = tests/unit/test_runtime_memory.c
test_runtime_memory_LDADD = $(unit_libraries)
test_size_SOURCES = tests/unit/test_size.c
test_size_LDADD = $(unit_libraries)
test_syntax_SOURCES = tests/unit/test_syntax.c tests/unit/test_syntax_examples.h
test_syntax_LDADD = $(unit_libraries)
EXTRA_DIST += tests/run-all tests/papers tests/layers tests/golden tests/embed tests/embed_peer.c tests/embed.plx tests/built.plx tests/resume tests/resume.plx tests/pages tests/step.plx tests/step_peer.c
