// What all units share: a table of tests, run by CUnit, counted on the last line.
#ifndef SUPPORT_RUN_TESTS_H
#define SUPPORT_RUN_TESTS_H

#include <CUnit/Basic.h>
#include <stdio.h>

static int run_tests(const char *suite, const CU_TestInfo *tests)
{
    if (CU_initialize_registry() != CUE_SUCCESS)
        return 3;
    CU_pSuite s = CU_add_suite(suite, NULL, NULL);
    for (; s && tests->pName; tests++)
        CU_add_test(s, tests->pName, tests->pTestFunc);
    CU_basic_set_mode(CU_BRM_VERBOSE);
    CU_basic_run_tests();
    unsigned failed = CU_get_number_of_failures();
    printf("\n%u passed, %u failed\n", CU_get_number_of_successes(), failed);
    CU_cleanup_registry();
    return failed != 0;
}

#endif
