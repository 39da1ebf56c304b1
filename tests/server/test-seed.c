/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rest from a file of the province. */
#include "mc-error.h"
#include "mc-seed-file.h"
#include "mc-support.h"
#include "mc-sync-store.h"
#include "test-newcomer.h"

#include <string.h>

/* The file of office A as it is now. Returns: (transfer full): its path */
static char *
write_seed (Newcomer *join, char **ret_code)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (join->folder, "seed", NULL);
  gint64 count = 0;

  *ret_code = mc_province_seed (join->test->province, join->test->office_a, path, &count, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count, >, CLOSED * 3);
  return path;
}

static McSeedFile *
open_seed (Newcomer *join, const char *path, GError **error)
{
  g_auto (McSeedDesk) desk = { 0 };

  return mc_store_seed_desk (join->store, &desk, error) ? mc_seed_file_open (path, &desk, error)
                                                        : NULL;
}

/* Reads the file into the profile, at most @pages of it; the error that ended it. */
static GError *
take_seed (Newcomer *join, const char *path, const char *code, guint pages)
{
  GError *error = NULL;
  g_autoptr (McSeedFile) file = open_seed (join, path, &error);

  if (file == NULL || !mc_seed_file_unlock (file, code, &error))
    return error;
  for (guint i = 0; error == NULL && i < pages; i++)
    {
      McSyncAnswer *page = mc_seed_file_next (file, &error);

      if (page == NULL)
        break;
      mc_store_seed_take (join->store, page, &error);
      mc_sync_answer_free (page);
      newcomer_check (join);
    }
  return error;
}

/* The rest comes from the file, then over the line, and what was received meanwhile leaves. */
static void
test_seed (void)
{
  g_auto (Newcomer) join = newcomer_new (FALSE);
  g_autofree char *code = NULL;
  g_autofree char *path = write_seed (&join, &code);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  while (!newcomer_open_are_here (&join))
    newcomer_turn (&join);
  before = newcomer_receive (&join);
  error = take_seed (&join, path, code, G_MAXUINT);
  g_assert_no_error (error);
  g_assert_true (mc_store_first_on (join.store));
  g_assert_cmpuint (newcomer_shown (&join), ==, CLOSED + OPEN + 1);
  g_assert_cmpuint (mc_store_outbox_count (join.store), ==, 1);
  after = newcomer_receive (&join);
  join.taken = 0;
  newcomer_read_to_the_end (&join);
  g_assert_cmpuint (join.taken, <=, 3);
  g_assert_cmpuint (newcomer_shown (&join), ==, CLOSED + OPEN + 2);
}

/* In the middle of it the stick is pulled out, or part of it came over the line already. */
static void
test_seed_again (void)
{
  g_auto (Newcomer) join = newcomer_new (FALSE);
  g_autofree char *code = NULL;
  g_autofree char *path = write_seed (&join, &code);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) second = NULL;
  g_autofree char *bytes = NULL;
  gsize size = 0;

  while (mc_store_cursor (join.store).n < 20)
    newcomer_turn_and_end (&join);
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (path, bytes, (gssize)size - 9, NULL));
  error = take_seed (&join, path, code, G_MAXUINT);
  g_assert_error (error, MC_ERROR, MC_ERROR_DAMAGED);
  g_assert_cmpuint (newcomer_shown (&join), ==, CLOSED + OPEN);
  g_assert_true (g_file_set_contents (path, bytes, (gssize)size, NULL));
  second = take_seed (&join, path, code, G_MAXUINT);
  g_assert_no_error (second);
  newcomer_read_to_the_end (&join);
  g_assert_cmpuint (newcomer_shown (&join), ==, CLOSED + OPEN);
}

static void
assert_refused (Newcomer *join, const char *path, const char *code, int error_code)
{
  g_autoptr (GError) error = take_seed (join, path, code, G_MAXUINT);
  McCursor cursor = mc_store_cursor (join->store);

  g_assert_error (error, MC_ERROR, error_code);
  g_assert_cmpint (cursor.n, ==, 0);
  newcomer_check (join);
}

/* Nothing is taken of a file that is torn early, changed, somebody else's or under another code. */
static void
test_seed_refused (void)
{
  g_auto (Newcomer) join = newcomer_new (FALSE);
  g_autofree char *code = NULL;
  g_autofree char *path = write_seed (&join, &code);
  g_autofree char *bytes = NULL;
  g_autofree char *other = NULL;
  g_autoptr (TestProvince) far = test_province_new ();
  gsize size = 0;
  char *newline;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  g_assert_null (strstr (bytes, "cursor"));
  assert_refused (&join, path, code, MC_ERROR_REFUSED);
  while (!newcomer_open_are_here (&join))
    newcomer_turn (&join);
  assert_refused (&join, path, "AAAAA-BBBBB-CCCCC-DDDDD", MC_ERROR_SECRET);
  newline = memchr (bytes, '\n', size);
  for (gsize at = (gsize)(newline - bytes) + 1; at < size; at += size / 3)
    {
      bytes[at] ^= 1;
      g_assert_true (g_file_set_contents (path, bytes, (gssize)size, NULL));
      bytes[at] ^= 1;
      if (at < (gsize)(newline - bytes) + 29)
        continue;
      assert_refused (&join, path, code, MC_ERROR_DAMAGED);
    }
  bytes[100] ^= 1;
  g_assert_true (g_file_set_contents (path, bytes, (gssize)size, NULL));
  assert_refused (&join, path, code, MC_ERROR_SIGNATURE);
  g_assert_true (g_file_set_contents (path, "No seed at all\n", -1, NULL));
  assert_refused (&join, path, code, MC_ERROR_FORMAT);
  other = mc_province_seed (far->province, far->office_a, path, NULL, NULL);
  assert_refused (&join, path, other, MC_ERROR_SIGNATURE);
  g_free (other);
  other = mc_province_seed (join.test->province, join.test->office_b, path, NULL, NULL);
  assert_refused (&join, path, other, MC_ERROR_REFUSED);
  newcomer_read_to_the_end (&join);
}

/* A file of before the province was restored: it is healed as every feed is. Who follows the new
 * feed already takes nothing of it. */
static void
test_seed_of_before (void)
{
  g_auto (Newcomer) join = newcomer_new (FALSE);
  g_autofree char *code = NULL;
  g_autofree char *path = NULL;
  g_autoptr (McOp) lost = test_desk_receive (join.other, join.test->clerk);
  g_autoptr (McOp) instead = test_desk_receive (join.other, join.test->clerk);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refused = NULL;

  test_province_copy (join.test);
  test_push (join.test, join.other, lost, "\"applied\"");
  path = write_seed (&join, &code);
  test_province_restore (join.test);
  test_push (join.test, join.other, instead, "\"applied\"");
  while (!newcomer_open_are_here (&join))
    newcomer_turn (&join);
  error = take_seed (&join, path, code, G_MAXUINT);
  g_assert_no_error (error);
  newcomer_read_to_the_end (&join);
  g_assert_cmpuint (newcomer_shown (&join), ==, CLOSED + OPEN + 2);
  g_assert_cmpint (test_number (join.test,
                                "SELECT count (*) FROM op WHERE verb = 'dossier.receive'"),
                   ==,
                   CLOSED + OPEN + 2);
  refused = take_seed (&join, path, code, G_MAXUINT);
  g_assert_error (refused, MC_ERROR, MC_ERROR_REFUSED);
  newcomer_check (&join);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  g_test_add_func ("/seed/whole", test_seed);
  g_test_add_func ("/seed/again", test_seed_again);
  g_test_add_func ("/seed/refused", test_seed_refused);
  g_test_add_func ("/seed/of-before", test_seed_of_before);
  return g_test_run ();
}
