/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-calendar.h"
#include "mc-conflict-words.h"
#include "mc-test-vietnamese.h"

static gint64
at (const char *text)
{
  g_autoptr (GDateTime) time = mc_local_parse (text);

  return g_date_time_to_unix (time) * 1000;
}

#define NOW (at ("2026-11-21T10:00"))

static McSide *
side (const char *value, const char *by, const char *when, gboolean here, gboolean stands)
{
  McSide *made = g_new0 (McSide, 1);

  made->op = g_strdup_printf ("op-%s", by);
  made->value = g_strdup (value);
  made->by = g_strdup (by);
  made->at_ms = at (when);
  made->here = here;
  made->stands = stands;
  return made;
}

static void
side_free (gpointer data)
{
  McSide *old = data;

  g_free (old->op);
  g_free (old->value);
  g_free (old->by);
  g_free (old);
}

static McConflict *
conflict (const char *group, const char *before)
{
  McConflict *made = g_new0 (McConflict, 1);

  made->id = g_strdup_printf ("dossier/%s", group);
  made->dossier = g_strdup ("dossier");
  made->code = g_strdup ("H05.032.07-261121-0421042");
  made->applicant = g_strdup ("Nguyễn Văn Đình");
  made->group = g_strdup (group);
  made->before = g_strdup (before);
  made->sides = g_ptr_array_new_with_free_func (side_free);
  return made;
}

/* The design's own example. */
static McConflict *
phone (void)
{
  McConflict *made = conflict ("contact", "{\"phone\":\"0905000000\",\"email\":\"a@b.vn\"}");

  g_ptr_array_add (made->sides,
                   side ("{\"phone\":\"0912111111\",\"email\":\"a@b.vn\"}",
                         "Lê Thị Chi",
                         "2026-11-21T09:02",
                         FALSE,
                         TRUE));
  g_ptr_array_add (made->sides,
                   side ("{\"phone\":\"0913222222\",\"email\":\"a@b.vn\"}",
                         "Trần Văn An",
                         "2026-11-21T08:15",
                         TRUE,
                         FALSE));
  return made;
}

static void
test_sentence (void)
{
  g_autoptr (McConflict) made = phone ();
  g_autofree char *sentence = mc_conflict_sentence (made, NULL, NOW);
  g_autofree char *kept = mc_conflict_settled (made, 0);
  g_autofree char *other = mc_conflict_settled (made, 2);

  g_assert_cmpstr (sentence,
                   ==,
                   "<b>Số điện thoại</b> của hồ sơ …0421042 được sửa ở hai nơi: máy này (Trần Văn "
                   "An, 08:15, khi mất mạng) và tỉnh (Lê Thị Chi, 09:02).");
  g_assert_cmpstr (kept, ==, "Đã giữ số do Lê Thị Chi nhập. Số kia vẫn còn trong lịch sử.");
  g_assert_cmpstr (other,
                   ==,
                   "Đã giữ nội dung mới nhập. Các nội dung trước vẫn còn trong lịch sử.");
}

/* Only what differs is on the cards; the rest would hide it. */
static void
test_cards (void)
{
  g_autoptr (McConflict) made = phone ();
  g_autofree char *first = mc_conflict_side_words (made, 0, NULL);
  g_autofree char *second = mc_conflict_side_words (made, 1, NULL);
  g_autofree char *before = mc_conflict_before_words (made, NULL);
  g_auto (GStrv) fields = mc_conflict_fields (made);

  g_assert_cmpstr (first, ==, "0912111111");
  g_assert_cmpstr (second, ==, "0913222222");
  g_assert_cmpstr (before, ==, "0905000000");
  g_assert_cmpstrv (fields, ((const char *const[]){ "phone", NULL }));
  g_assert_cmpstr (mc_conflict_place (g_ptr_array_index (made->sides, 0)), ==, "Tỉnh");
  g_assert_cmpstr (mc_conflict_place (g_ptr_array_index (made->sides, 1)), ==, "Máy này");
}

static void
test_three_places (void)
{
  g_autoptr (McConflict) made = conflict ("subject", NULL);

  g_ptr_array_add (made->sides, side ("\"Một\"", "A <b>", "2026-11-20T09:00", FALSE, TRUE));
  g_ptr_array_add (made->sides, side ("\"Hai\"", "B", "2026-11-21T09:01", FALSE, FALSE));
  g_ptr_array_add (made->sides, side ("\"Ba\"", "C", "2026-11-21T09:02", TRUE, FALSE));

  g_autofree char *sentence = mc_conflict_sentence (made, NULL, NOW);
  g_autofree char *value = mc_conflict_side_words (made, 1, NULL);
  g_autofree char *before = mc_conflict_before_words (made, NULL);
  g_auto (GStrv) fields = mc_conflict_fields (made);

  g_assert_cmpstr (sentence,
                   ==,
                   "<b>Nội dung yêu cầu</b> của hồ sơ …0421042 được sửa ở 3 nơi: máy này (C, "
                   "09:02, khi mất mạng), tỉnh (A &lt;b&gt;, 09:00 20/11) và máy khác (B, 09:01).");
  g_assert_cmpstr (value, ==, "Hai");
  g_assert_cmpstr (before, ==, "(trống)");
  g_assert_cmpstrv (fields, ((const char *const[]){ "", NULL }));
}

/* Something done in the world is chosen, never typed over. */
static void
test_act (void)
{
  g_autoptr (McConflict) made = conflict ("fee", "{\"amount\":8000}");

  g_ptr_array_add (made->sides,
                   side ("{\"amount\":8000,\"taken\":8000,\"method\":\"cash\"}",
                         "A",
                         "2026-11-21T09:00",
                         FALSE,
                         TRUE));
  g_ptr_array_add (made->sides,
                   side ("{\"amount\":8000,\"taken\":8000,\"method\":\"transfer\"}",
                         "B",
                         "2026-11-21T09:01",
                         TRUE,
                         FALSE));

  g_auto (GStrv) fields = mc_conflict_fields (made);
  g_autofree char *value = mc_conflict_side_words (made, 1, NULL);
  g_autofree char *subject = mc_conflict_subject (made, NULL);

  g_assert_cmpuint (g_strv_length (fields), ==, 0);
  g_assert_cmpstr (value, ==, "chuyển khoản");
  g_assert_cmpstr (subject, ==, "Hình thức nộp");
}

static void
test_alike (void)
{
  g_autoptr (McConflict) first = phone ();
  g_autoptr (McConflict) second = phone ();
  g_autoptr (McConflict) other = conflict ("subject", NULL);

  g_ptr_array_add (other->sides, side ("\"Một\"", "A", "2026-11-21T09:00", FALSE, TRUE));
  g_ptr_array_add (other->sides, side ("\"Hai\"", "A", "2026-11-21T09:01", TRUE, FALSE));

  g_assert_true (mc_conflict_alike (first, second));
  g_assert_false (mc_conflict_alike (first, first));
  g_assert_false (mc_conflict_alike (first, other));
  g_assert_cmpint (mc_conflict_side_by (first, "Trần Văn An"), ==, 1);
  g_assert_cmpint (mc_conflict_side_by (first, "Nobody"), ==, -1);
  /* The same person on both sides: a name does not choose. */
  g_assert_cmpint (mc_conflict_side_by (other, "A"), ==, -1);
}

int
main (int argc, char **argv)
{
  mc_test_vietnamese (&argc, &argv);
  g_test_add_func ("/conflict-words/sentence", test_sentence);
  g_test_add_func ("/conflict-words/cards", test_cards);
  g_test_add_func ("/conflict-words/three-places", test_three_places);
  g_test_add_func ("/conflict-words/act", test_act);
  g_test_add_func ("/conflict-words/alike", test_alike);
  return g_test_run ();
}
