/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-context.h"
#include "mc-dossier-words.h"
#include "mc-error.h"
#include "mc-queue-words.h"
#include "mc-support.h"
#include "mc-test-vietnamese.h"
#include "mc-words.h"
#include <string.h>

static void
check_value (const char *group, const char *value, const char *other, const char *words)
{
  g_autoptr (json_t) own = mc_json_parse (value, -1, NULL);
  g_autoptr (json_t) against = other != NULL ? mc_json_parse (other, -1, NULL) : NULL;
  g_autofree char *said = mc_words_value (group, own, against);

  g_assert_cmpstr (said, ==, words);
}

static void
test_values (void)
{
  check_value ("contact", "{\"phone\":\"0912\"}", NULL, "0912");
  check_value ("contact",
               "{\"phone\":\"0912\",\"email\":\"a@b.vn\"}",
               NULL,
               "Số điện thoại: 0912\nThư điện tử: a@b.vn");
  check_value ("contact",
               "{\"phone\":\"0912\",\"email\":\"a\"}",
               "{\"phone\":\"0913\",\"email\":\"a\"}",
               "0912");
  check_value ("contact", "{}", "{\"phone\":\"0913\"}", "(trống)");
  /* An empty text and none at all are the same to a person. */
  check_value ("contact", "{\"phone\":\"1\",\"email\":\"\"}", "{\"phone\":\"2\"}", "1");
  check_value ("applicant",
               "{\"name\":\"Nguyễn Văn Đình\",\"sex\":\"male\",\"dob\":\"2005-03\"}",
               NULL,
               "Họ và tên: Nguyễn Văn Đình\nNgày sinh: 03/2005\nGiới tính: Nam");
  check_value ("subject", "\"Khai sinh\"", NULL, "Khai sinh");
  check_value ("subject", "\"\"", NULL, "(trống)");
  check_value ("status",
               "{\"state\":\"appraised\",\"due\":\"2026-11-25T17:00\"}",
               NULL,
               "Bước: Chờ ký duyệt\nNgày hẹn trả: 25/11/2026 17:00");
  check_value ("fee",
               "{\"amount\":8000,\"taken\":8000,\"method\":\"cash\"}",
               "{\"amount\":8000}",
               "Lệ phí đã thu: 8.000 đ\nHình thức nộp: tiền mặt");
}

static void
test_difference (void)
{
  g_autoptr (json_t) a = mc_json_parse ("{\"phone\":\"1\",\"email\":\"x\"}", -1, NULL);
  g_autoptr (json_t) b = mc_json_parse ("{\"phone\":\"2\",\"email\":\"x\"}", -1, NULL);
  g_autoptr (json_t) c = mc_json_parse ("{\"phone\":\"2\",\"email\":\"y\"}", -1, NULL);
  g_autofree char *one = mc_words_difference ("contact", a, b, NULL);
  g_autofree char *two = mc_words_difference ("contact", a, c, NULL);
  g_autofree char *part = mc_words_difference ("part:to-khai", a, b, NULL);

  g_assert_cmpstr (one, ==, "Số điện thoại");
  g_assert_cmpstr (two, ==, "Thông tin liên hệ");
  g_assert_cmpstr (part, ==, "Một giấy tờ của hồ sơ");
  g_assert_cmpstr (mc_words_field ("applicant", "dob"), ==, "Ngày sinh");
  g_assert_null (mc_words_field ("contact", "dob"));
}

static void
test_codes (void)
{
  g_autofree char *code = mc_words_short_code ("H05.032.07-261121-0421042");
  g_autofree char *foreign = mc_words_short_code ("ABC");
  g_autofree char *none = mc_words_short_code (NULL);

  g_assert_cmpstr (code, ==, "…0421042");
  g_assert_cmpstr (foreign, ==, "ABC");
  g_assert_cmpstr (none, ==, "");
}

/* Every word of the program has one of the office; an unknown one does not show through. */
static void
test_all_known (void)
{
  static const char *const states[] = { MC_STATE_RECEIVED, MC_STATE_APPRAISED, MC_STATE_SUPPLEMENT,
                                        MC_STATE_APPROVED, MC_STATE_RETURNED,  MC_STATE_WITHDRAWN };
  static const char *const steps[] = { MC_STEP_APPRAISE, MC_STEP_SUPPLEMENT, MC_STEP_COMPLETE,
                                       MC_STEP_APPROVE,  MC_STEP_RETURN,     MC_STEP_WITHDRAW };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    g_assert_cmpstr (mc_words_state (states[i]), !=, mc_words_state ("unknown"));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_assert_cmpuint (strlen (mc_words_step (steps[i])), >, 0);
      g_assert_cmpstr (mc_words_stepped (steps[i]), !=, mc_words_stepped ("unknown"));
    }
  for (McRole role = MC_ROLE_CLERK; role < MC_ROLE_UNKNOWN; role++)
    g_assert_cmpstr (mc_words_role (role), !=, mc_words_role (MC_ROLE_UNKNOWN));
  g_assert_null (strstr (mc_words_refusal ("xyzzy"), "xyzzy"));
  g_assert_cmpstr (mc_words_refusal ("step"), ==, "hồ sơ không ở bước đó");
}

static void
test_queues (void)
{
  g_assert_cmpstr (mc_queue_name (MC_QUEUE_MINE), ==, "Việc của tôi");
  g_assert_cmpstr (mc_queue_name (MC_QUEUE_APOLOGY), ==, "Phải gửi thư xin lỗi");
  g_assert_cmpuint (mc_queue_digit (MC_QUEUE_MINE), ==, 1);
  g_assert_cmpuint (mc_queue_digit (MC_QUEUE_APOLOGY), ==, 9);
  g_assert_cmpuint (mc_queue_digit (MC_QUEUE_WAITING), ==, 0);
  for (McQueue queue = MC_QUEUE_ALL; queue < MC_N_QUEUES; queue++)
    g_assert_cmpuint (strlen (mc_queue_empty (queue)), >, 10);
}

/* Each failure says what is safe and what to do, and nothing of the program's insides. */
static void
test_errors (void)
{
  for (int code = MC_ERROR_FORMAT; code <= MC_ERROR_CLOCK; code++)
    {
      g_autoptr (GError) error = g_error_new (MC_ERROR, code, "sqlite3_step: inner words");
      g_autofree char *sentence = mc_error_sentence (error);

      g_assert_null (strstr (sentence, "sqlite"));
      g_assert_nonnull (strchr (sentence, '.'));
      g_assert_cmpuint (g_utf8_strlen (sentence, -1), >, 30);
    }
  g_autoptr (GError) other = g_error_new (G_FILE_ERROR, G_FILE_ERROR_IO, "errno 5");
  g_autofree char *sentence = mc_error_sentence (other);
  g_assert_null (strstr (sentence, "errno"));
}

static void
test_dossier (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  mc_test_sign_in (office, "an");
  g_autofree char *id = mc_test_receive (office, "Nguyễn Văn Đình");
  g_autoptr (McDossier) dossier = mc_store_dossier (office->store, id, NULL);
  g_assert_nonnull (dossier);
  g_autoptr (McProcedure) procedure =
      mc_store_procedure (office->store, dossier->row->procedure, NULL);
  g_autofree char *place = mc_dossier_place (dossier->row);
  g_autofree char *papers = mc_dossier_papers (dossier->record, procedure);
  g_autofree char *fee = mc_dossier_fee (dossier->record);
  g_autoptr (GPtrArray) scans = mc_dossier_scans (dossier->record, procedure);

  g_assert_true (g_str_has_suffix (place, " · bước 1/4"));
  g_assert_true (g_str_has_prefix (papers, "Giấy tờ "));
  g_assert_true (strstr (fee, "ệ phí") != NULL);
  g_assert_cmpuint (scans->len, ==, 0);
}

static void
test_fee (void)
{
  g_autoptr (McRecord) record = mc_record_new ("r");
  gint64 amount = -1;

  mc_record_put_tip (record, "fee", "op", "{\"amount\":8000,\"kind\":\"fixed\"}", FALSE);
  g_autofree char *open = mc_dossier_fee (record);
  g_assert_cmpstr (open, ==, "Lệ phí 8.000 đ chưa thu");
  g_assert_true (mc_dossier_fee_open (record, &amount));
  g_assert_cmpint (amount, ==, 8000);

  g_autoptr (McRecord) taken = mc_record_new ("t");
  mc_record_put_tip (taken, "fee", "op", "{\"amount\":8000,\"taken\":8000}", TRUE);
  g_autofree char *done = mc_dossier_fee (taken);
  g_assert_cmpstr (done, ==, "Lệ phí 8.000 đ đã thu");
  g_assert_false (mc_dossier_fee_open (taken, NULL));

  g_autoptr (McRecord) unknown = mc_record_new ("u");
  mc_record_put_tip (unknown, "fee", "op", "{\"kind\":\"council\"}", FALSE);
  g_autofree char *words = mc_dossier_fee (unknown);
  g_assert_cmpstr (words, ==, "Chưa rõ mức lệ phí");

  g_autoptr (McRecord) none = mc_record_new ("n");
  mc_record_put_tip (none, "fee", "op", "{\"kind\":\"none\",\"amount\":0}", FALSE);
  g_autofree char *free_words = mc_dossier_fee (none);
  g_assert_cmpstr (free_words, ==, "Không thu lệ phí");
}

/* What is declared is called as on the paper, and written so. */
static void
test_declared (void)
{
  static const struct
  {
    const char *group, *value, *name, *words;
  } rows[] = {
    { "form:khai-sinh", "1", "Tờ khai đăng ký khai sinh", "1" },
    { "form:khai-sinh.con_gioi", "female", "Giới tính (Tờ khai đăng ký khai sinh)", "Nữ" },
    { "form:khai-sinh.con_sinh",
      "2026-03-05",
      "Ngày, tháng, năm sinh (Tờ khai đăng ký khai sinh)",
      "05/03/2026" },
    { "form:ct01.thanh_vien.2.ten",
      "Lê Thị Bé",
      "Họ, chữ đệm và tên (Tờ khai thay đổi thông tin cư trú (CT01))",
      "Lê Thị Bé" },
    { "form:noi-sinh", "Xã", "noi-sinh", "Xã" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = mc_words_group (rows[i].group, NULL);
      g_autoptr (json_t) value = json_string (rows[i].value);
      g_autofree char *words = mc_words_value (rows[i].group, value, NULL);

      g_assert_cmpstr (name, ==, rows[i].name);
      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

int
main (int argc, char **argv)
{
  mc_test_vietnamese (&argc, &argv);
  g_test_add_func ("/words/values", test_values);
  g_test_add_func ("/words/difference", test_difference);
  g_test_add_func ("/words/codes", test_codes);
  g_test_add_func ("/words/all-known", test_all_known);
  g_test_add_func ("/words/queues", test_queues);
  g_test_add_func ("/words/errors", test_errors);
  g_test_add_func ("/words/dossier", test_dossier);
  g_test_add_func ("/words/fee", test_fee);
  g_test_add_func ("/words/declared", test_declared);
  return g_test_run ();
}
