/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-calendar.h"
#include "mc-op.h"
#include "mc-test-vietnamese.h"
#include "mc-waiting-words.h"

#include <string.h>

static gint64
at (const char *text)
{
  g_autoptr (GDateTime) time = mc_local_parse (text);

  return g_date_time_to_unix (time) * 1000;
}

#define NOW (at ("2026-11-21T10:00"))

static McWaiting
waiting (McWaitingKind kind, const char *verb, const char *reason)
{
  return (McWaiting){
    .kind = kind,
    .op = (char *)"op",
    .dossier = (char *)"dossier",
    .code = (char *)"H05.032.07-261121-0421042",
    .applicant = (char *)"Nguyễn Văn Đình",
    .verb = (char *)verb,
    .by = (char *)"Trần Văn An",
    .at_ms = at ("2026-11-21T08:15"),
    .reason = (char *)reason,
    .yours = TRUE,
  };
}

static void
test_sentence (void)
{
  static const struct
  {
    const char *verb;
    const char *words;
  } cases[] = {
    { MC_VERB_RECEIVE, "08:15  Trần Văn An tiếp nhận hồ sơ …0421042 của Nguyễn Văn Đình" },
    { MC_VERB_TRANSFER, "08:15  Trần Văn An chuyển cơ quan hồ sơ …0421042 của Nguyễn Văn Đình" },
    { "dossier.later", "08:15  Trần Văn An sửa hồ sơ …0421042 của Nguyễn Văn Đình" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      McWaiting one = waiting (MC_WAITING_TO_SEND, cases[i].verb, NULL);
      g_autofree char *sentence = mc_waiting_sentence (&one, NOW);

      g_assert_cmpstr (sentence, ==, cases[i].words);
    }
}

/* What exactly was done, so that nobody has to open it to know. */
static void
test_detail (void)
{
  static const struct
  {
    const char *verb;
    const char *body;
    const char *words;
  } cases[] = {
    { MC_VERB_RECEIVE, "{\"code\":\"H05\"}", NULL },
    { MC_VERB_SET, "{\"groups\":{\"contact\":{\"phone\":\"0933\"}}}", "Thông tin liên hệ: 0933" },
    { MC_VERB_STEP,
      "{\"step\":\"supplement\",\"note\":\"Thiếu bản chính\"}",
      "yêu cầu bổ sung. Thiếu bản chính" },
    { MC_VERB_NOTE, "{\"text\":\"Gọi lại\"}", "Gọi lại" },
    { MC_VERB_TRANSFER,
      "{\"offices\":[\"one\"],\"why\":\"Nơi cư trú\"}",
      "Cơ quan xử lý: cơ quan chưa có trên máy này. Nơi cư trú" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      McWaiting one = waiting (MC_WAITING_TO_SEND, cases[i].verb, NULL);

      one.detail = (char *)cases[i].body;
      g_autofree char *detail = mc_waiting_detail (&one, NULL);
      g_assert_cmpstr (detail, ==, cases[i].words);
    }
}

static void
test_reason (void)
{
  McWaiting to_send = waiting (MC_WAITING_TO_SEND, MC_VERB_SET, NULL);
  McWaiting missing = waiting (MC_WAITING_MISSING, MC_VERB_SET, NULL);
  McWaiting too_new = waiting (MC_WAITING_TOO_NEW, MC_VERB_SET, NULL);
  g_autofree char *none = mc_waiting_reason (&to_send);
  g_autofree char *waits = mc_waiting_reason (&missing);
  g_autofree char *old = mc_waiting_reason (&too_new);
  g_autofree char *nothing_to_do = mc_waiting_remedy (&missing);

  g_assert_null (none);
  g_assert_null (nothing_to_do);
  g_assert_cmpstr (
      waits,
      ==,
      "Đã gửi. Ở tỉnh đang chờ một thay đổi trước đó của máy khác; không phải làm gì thêm.");
  g_assert_cmpstr (
      old,
      ==,
      "Chương trình của tỉnh còn cũ nên chưa đọc được; sẽ tự gửi lại sau khi tỉnh nâng cấp.");
  to_send.yours = FALSE;
  g_autofree char *carried = mc_waiting_reason (&to_send);
  g_assert_cmpstr (carried, ==, "Nhận từ máy khác.");
}

/* Whatever the province says, a clerk reads a sentence and what to do, never the word itself. */
static void
test_refusals (void)
{
  static const char *const reasons[] = { "right", "role",   "staff",     "office",  "device",
                                         "step",  "order",  "procedure", "code",    "signature",
                                         "after", "record", "format",    "offices", "whatever" };

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      McWaiting one = waiting (MC_WAITING_REFUSED, MC_VERB_SET, reasons[i]);
      g_autofree char *reason = mc_waiting_reason (&one);
      g_autofree char *remedy = mc_waiting_remedy (&one);

      g_assert_true (g_str_has_prefix (reason, "Không được nhận: "));
      g_assert_null (strstr (reason, reasons[i]));
      g_assert_true (g_str_has_suffix (remedy, "."));
      g_assert_null (strstr (remedy, reasons[i]));
    }
}

static void
test_notice (void)
{
  McNotice notice = {
    .dossier = (char *)"dossier",
    .code = (char *)"H05.032.07-261121-0421042",
    .applicant = (char *)"Nguyễn Văn Đình",
    .verb = (char *)MC_VERB_FEE,
    .by = (char *)"Trần Văn An",
    .at_ms = at ("2026-11-20T08:15"),
    .before = (char *)"{\"fee\":\"applied\"}",
    .after = (char *)"{\"fee\":\"contested\"}",
  };
  g_autofree char *sentence = mc_notice_sentence (&notice, NOW);
  g_autofree char *contested = mc_notice_change (&notice);

  g_assert_cmpstr (sentence,
                   ==,
                   "08:15 20/11  Trần Văn An thu lệ phí hồ sơ …0421042 của Nguyễn Văn Đình");
  g_assert_cmpstr (contested, ==, "trước: được nhận → nay: được giữ bên cạnh việc của người khác");
  notice.before = (char *)"";
  notice.after = (char *)"\"refused:step\"";
  g_autofree char *refused = mc_notice_change (&notice);
  g_assert_cmpstr (refused,
                   ==,
                   "trước: được nhận → nay: không được nhận, vì hồ sơ không ở bước đó");
}

int
main (int argc, char **argv)
{
  mc_test_vietnamese (&argc, &argv);
  g_test_add_func ("/waiting-words/sentence", test_sentence);
  g_test_add_func ("/waiting-words/detail", test_detail);
  g_test_add_func ("/waiting-words/reason", test_reason);
  g_test_add_func ("/waiting-words/refusals", test_refusals);
  g_test_add_func ("/waiting-words/notice", test_notice);
  return g_test_run ();
}
