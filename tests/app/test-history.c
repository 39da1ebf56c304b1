/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-group.h"
#include "mc-history.h"
#include "mc-test-quarrel.h"
#include "mc-test-vietnamese.h"

static McHistoryLine *
line (GPtrArray *lines, guint place)
{
  g_assert_cmpuint (place, <, lines->len);
  return g_ptr_array_index (lines, place);
}

static GPtrArray *
history_of (McTestOffice *office, const char *id)
{
  g_autoptr (McDossier) dossier = mc_store_dossier (office->store, id, NULL);

  g_assert_nonnull (dossier);
  return mc_history (dossier, NULL);
}

static void
set_phone (McTestOffice *office, const char *id, const char *phone)
{
  g_autoptr (json_t) value = json_pack ("{s:s}", "phone", phone);
  g_autoptr (GError) error = NULL;

  mc_fake_clock_pass (office->clock, 1000);
  mc_desk_set (office->desk, id, "contact", value, &error);
  g_assert_no_error (error);
}

static void
test_both_values (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  mc_test_sign_in (office, "an");
  g_autofree char *id = mc_test_receive (office, "Nguyễn Văn Đình");
  set_phone (office, id, "0911");
  set_phone (office, id, "0922");
  g_autoptr (GPtrArray) lines = history_of (office, id);

  g_assert_cmpuint (lines->len, ==, 3);
  g_assert_cmpstr (line (lines, 0)->what, ==, "tiếp nhận hồ sơ");
  g_assert_null (line (lines, 0)->after);
  g_assert_cmpstr (line (lines, 2)->what, ==, "sửa: Số điện thoại");
  g_assert_cmpstr (line (lines, 2)->before, ==, "0911");
  g_assert_cmpstr (line (lines, 2)->after, ==, "0922");
  g_assert_cmpint (line (lines, 2)->mark, ==, MC_HISTORY_WAITING);
  g_assert_cmpint (line (lines, 1)->at_ms, <, line (lines, 2)->at_ms);
  mc_test_accept_all (office);
  g_autoptr (GPtrArray) sent = history_of (office, id);
  g_assert_cmpint (line (sent, 2)->mark, ==, MC_HISTORY_FINE);
}

static void
test_acts (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (GError) error = NULL;
  mc_test_sign_in (office, "an");
  g_autofree char *id = mc_test_receive (office, "Nguyễn Văn Đình");

  mc_fake_clock_pass (office->clock, 1000);
  mc_desk_take_fee (office->desk, id, 8000, "cash", &error);
  g_assert_no_error (error);
  mc_fake_clock_pass (office->clock, 1000);
  mc_desk_note (office->desk, id, "Gọi lại buổi chiều", &error);
  g_assert_no_error (error);
  mc_fake_clock_pass (office->clock, 1000);
  mc_desk_step (office->desk, id, MC_STEP_SUPPLEMENT, "Thiếu giấy chứng sinh", &error);
  g_assert_no_error (error);

  g_autoptr (GPtrArray) lines = history_of (office, id);
  g_assert_cmpstr (line (lines, 1)->what, ==, "thu lệ phí");
  g_assert_cmpstr (line (lines, 1)->after, ==, "8.000 đ");
  g_assert_cmpstr (line (lines, 2)->what, ==, "ghi chú");
  g_assert_cmpstr (line (lines, 2)->after, ==, "Gọi lại buổi chiều");
  g_assert_cmpstr (line (lines, 3)->what, ==, "yêu cầu bổ sung");
  g_assert_cmpstr (line (lines, 3)->after, ==, "Thiếu giấy chứng sinh");
}

/* Who did not see what stood is told apart from who changed it. */
static void
test_contested (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  mc_test_sign_in (office, "an");
  g_autofree char *id = mc_test_receive (office, "Nguyễn Văn Đình");
  mc_test_accept_all (office);
  g_autoptr (McDossier) seen = mc_store_dossier (office->store, id, NULL);
  g_autoptr (json_t) base = mc_record_base (seen->record, "contact", FALSE);
  set_phone (office, id, "0911");
  mc_test_accept_all (office);

  g_autoptr (json_t) body = json_pack ("{s:{s:{s:s}}}", "groups", "contact", "phone", "0999");
  g_autoptr (json_t) bases = json_pack ("{s:O}", "contact", base);
  g_autofree char *other = mc_test_other (office, "binh", id, MC_VERB_SET, body, bases);
  mc_test_feed (office, other, "{\"contact\":\"contested\"}");
  mc_test_pull (office);

  g_autoptr (GPtrArray) lines = history_of (office, id);
  guint contested = 0;
  for (guint i = 0; i < lines->len; i++)
    if (line (lines, i)->mark == MC_HISTORY_CONTESTED)
      {
        contested++;
        g_assert_cmpstr (line (lines, i)->who, ==, "Nguyễn Thị Bình");
        g_assert_cmpstr (line (lines, i)->after, ==, "0999");
        g_assert_null (line (lines, i)->before);
      }
  g_assert_cmpuint (contested, ==, 1);
}

static void
test_refused_and_newer (void)
{
  McEvent refused = { .op = (char *)"a",
                      .by = (char *)"An",
                      .verb = (char *)MC_VERB_STEP,
                      .detail = (char *)"{\"step\":\"approve\"}",
                      .ruling = (char *)"\"refused:role\"" };
  McEvent newer = { .op = (char *)"b",
                    .by = (char *)"An",
                    .verb = (char *)"dossier.dance",
                    .detail = (char *)"{}" };
  McDossier dossier = { .events = g_ptr_array_new () };

  g_ptr_array_add (dossier.events, &refused);
  g_ptr_array_add (dossier.events, &newer);
  g_autoptr (GPtrArray) lines = mc_history (&dossier, NULL);
  g_assert_cmpint (line (lines, 0)->mark, ==, MC_HISTORY_REFUSED);
  g_assert_cmpstr (line (lines, 0)->reason, ==, "người thực hiện không có quyền làm việc này");
  g_assert_cmpstr (line (lines, 1)->what, ==, "làm một việc mà phiên bản mới hơn mới xem được");
  g_ptr_array_unref (dossier.events);
}

/* The last line of a dossier with a quarrel of @kind, once it is settled with @value. */
static void
check_settled (McConflictKind kind, gboolean both, const char *what)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = mc_test_quarrel (office, kind);
  g_autoptr (GPtrArray) all = mc_store_conflicts (office->store, id, NULL);
  McConflict *conflict = all->pdata[0];
  McSide *side = conflict->sides->pdata[0];
  g_autoptr (json_t) value =
      both ? mc_conflict_both (conflict) : mc_json_parse (side->value, -1, NULL);

  mc_fake_clock_pass (office->clock, 1000);
  g_assert_true (mc_desk_settle (office->desk, conflict->id, value, NULL, NULL));
  g_autoptr (GPtrArray) lines = history_of (office, id);
  g_assert_cmpstr (line (lines, lines->len - 1)->what, ==, what);
}

static void
test_settled (void)
{
  check_settled (MC_CONFLICT_VALUE, FALSE, "chọn nội dung giữ lại: Thông tin liên hệ");
  check_settled (MC_CONFLICT_STEPS, FALSE, "chọn bước giữ lại");
  check_settled (MC_CONFLICT_FEES, FALSE, "chọn khoản lệ phí giữ lại");
  check_settled (MC_CONFLICT_TRANSFERS, FALSE, "chọn cơ quan xử lý");
  check_settled (MC_CONFLICT_DOCUMENTS, TRUE, "giữ các bản quét cạnh nhau: Một giấy tờ của hồ sơ");
}

/* Found by the province, answered by a person. */
static void
test_twin (void)
{
  static const struct
  {
    const char *answer;
    const char *what;
  } cases[] = { { "same", "xác nhận cùng một việc với hồ sơ …0977001" },
                { "other", "xác nhận khác việc với hồ sơ …0977001" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (McTestOffice) office = mc_test_office ();
      g_autofree char *id = mc_test_quarrel (office, MC_CONFLICT_TWIN);
      g_autoptr (GPtrArray) all = mc_store_conflicts (office->store, id, NULL);
      McOther *other = ((McConflict *)all->pdata[0])->others->pdata[0];

      mc_fake_clock_pass (office->clock, 1000);
      g_assert_true (mc_desk_answer_twin (office->desk, id, other->id, cases[i].answer, NULL));
      g_autoptr (GPtrArray) lines = history_of (office, id);
      McHistoryLine *found = line (lines, lines->len - 2);
      g_assert_cmpstr (found->who, ==, "Tỉnh");
      g_assert_cmpstr (found->what,
                       ==,
                       "thấy người nộp còn một hồ sơ cùng thủ tục: …0977001, Xã Bên Cạnh");
      g_assert_cmpstr (line (lines, lines->len - 1)->what, ==, cases[i].what);
      g_assert_null (line (lines, lines->len - 1)->after);
    }
}

/* What was refused stays to be read, and the line that mends it says so. */
static void
test_sent_again (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  mc_test_sign_in (office, "an");
  g_autofree char *id = mc_test_receive (office, "Nguyễn Văn Đình");
  mc_test_accept_all (office);
  set_phone (office, id, "0911");
  mc_test_refuse (office, "right");
  g_autoptr (GPtrArray) refused = mc_store_refused (office->store, NULL);
  mc_fake_clock_pass (office->clock, 1000);
  g_assert_true (mc_desk_resend (office->desk, ((McWaiting *)refused->pdata[0])->op, NULL, NULL));
  set_phone (office, id, "0922");

  g_autoptr (McDossier) dossier = mc_store_dossier (office->store, id, NULL);
  McNames names = { NULL, office->store };
  g_autoptr (GPtrArray) lines = mc_history (dossier, &names);
  g_assert_cmpuint (lines->len, ==, 4);
  g_assert_cmpint (line (lines, 1)->mark, ==, MC_HISTORY_REFUSED);
  g_assert_cmpstr (line (lines, 2)->what,
                   ==,
                   "sửa: Số điện thoại (gửi lại sau khi không được nhận)");
  g_assert_cmpstr (line (lines, 3)->what, ==, "sửa: Số điện thoại");
}

int
main (int argc, char **argv)
{
  mc_test_vietnamese (&argc, &argv);
  g_test_add_func ("/history/both-values", test_both_values);
  g_test_add_func ("/history/acts", test_acts);
  g_test_add_func ("/history/contested", test_contested);
  g_test_add_func ("/history/refused-and-newer", test_refused_and_newer);
  g_test_add_func ("/history/settled", test_settled);
  g_test_add_func ("/history/twin", test_twin);
  g_test_add_func ("/history/sent-again", test_sent_again);
  return g_test_run ();
}
