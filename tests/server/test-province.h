/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-op.h"
#include "mc-province-admin.h"

G_BEGIN_DECLS

/* A province for tests. */

/** TestProvince: offices A and B with their staff, one procedure, in a folder of its own. */
typedef struct
{
  char *data;
  McClock clock;
  gint64 now_ms;
  McProvince *province;
  char *office_a;
  char *office_b;
  char *clerk;   /* of A */
  char *officer; /* of A */
  char *leader;  /* of A */
  char *clerk_b;
} TestProvince;

#define TEST_CODE_A "H05.032.07"
#define TEST_CODE_B "H05.032.08"
#define TEST_PROCEDURE "1.001193"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McFeedEntry, mc_feed_entry_free)

TestProvince *test_province_new (void);
/** test_province_close: closes it, so that another process can have it alone; the folder stays. */
void test_province_close (TestProvince *test);
/** test_province_reopen: the province as another start of the program finds it. */
void test_province_reopen (TestProvince *test);
void test_province_free (TestProvince *test);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestProvince, test_province_free)
char *test_add_staff (TestProvince *test, const char *office, const char *login, McRole role);
/** test_province_copy: keeps a copy of the database as it is now, as a backup does. */
void test_province_copy (TestProvince *test);
/** test_province_restore: another start of the program, on that copy. */
void test_province_restore (TestProvince *test);
/** test_run: a statement on the province's database from outside. */
void test_run (TestProvince *test, const char *sql);
/** test_text: the first column of the first row. Returns: (transfer full) */
char *test_text (TestProvince *test, const char *sql);
/** test_number: the same as a number. */
gint64 test_number (TestProvince *test, const char *sql);
/** test_remove_tree: a folder with all that is in it. */
void test_remove_tree (const char *path);

/** test_sound: asserts that check finds nothing. */
void test_sound (TestProvince *test);

G_END_DECLS
