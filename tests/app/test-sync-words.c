/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-calendar.h"
#include "mc-sync-words.h"
#include "mc-test-vietnamese.h"

/* Local time of Viet Nam as milliseconds. */
static gint64
at (const char *text)
{
  g_autoptr (GDateTime) time = mc_local_parse (text);

  return g_date_time_to_unix (time) * 1000;
}

static void
check (McSyncReport report, const char *now, const char *words, McSyncMood mood)
{
  McSyncMood got = MC_SYNC_CALM;
  g_autofree char *said = mc_sync_words (&report, at (now), &got);

  g_assert_cmpstr (said, ==, words);
  g_assert_cmpint (got, ==, mood);
}

static void
test_phrases (void)
{
  gint64 since = at ("2026-11-21T08:42");
  const char *now = "2026-11-21T08:43";

  check ((McSyncReport){ .state = MC_SYNC_DONE, .since_ms = since },
         now,
         "● Đã đồng bộ lúc 08:42",
         MC_SYNC_CALM);
  check ((McSyncReport){ .state = MC_SYNC_DONE, .since_ms = since, .ops_waiting = 14 },
         now,
         "↑ Đang gửi 14 thay đổi",
         MC_SYNC_BUSY);
  check ((McSyncReport){ .state = MC_SYNC_DONE,
                         .since_ms = since,
                         .blobs_waiting = 3,
                         .blob_bytes = 12 * 1000 * 1000 },
         now,
         "↑ Còn 3 tệp quét chưa gửi (12 MB)",
         MC_SYNC_BUSY);
  check ((McSyncReport){ .state = MC_SYNC_DONE,
                         .since_ms = since,
                         .feed_done = 1200,
                         .feed_head = 8400 },
         now,
         "↓ Đang tải hồ sơ về 1.200/8.400",
         MC_SYNC_BUSY);
  check ((McSyncReport){ .state = MC_SYNC_DONE, .since_ms = since, .refused = 2 },
         now,
         "▲ 2 việc cần xem lại",
         MC_SYNC_CARE);
  check ((McSyncReport){ .state = MC_SYNC_SUSPENDED, .since_ms = since, .ops_waiting = 5 },
         now,
         "▲ Máy này đang bị tạm dừng gửi, báo quản trị",
         MC_SYNC_CARE);
}

static void
test_offline (void)
{
  gint64 since = at ("2026-11-21T08:10");

  check ((McSyncReport){ .state = MC_SYNC_OFFLINE, .since_ms = since, .ops_waiting = 14 },
         "2026-11-21T09:00",
         "○ Chưa kết nối được với tỉnh từ 08:10, còn 14 thay đổi chưa gửi",
         MC_SYNC_APART);
  check ((McSyncReport){ .state = MC_SYNC_OFFLINE, .since_ms = since },
         "2026-11-21T09:00",
         "○ Chưa kết nối được với tỉnh từ 08:10",
         MC_SYNC_APART);
  /* Days without a line: the hour alone would be taken for today's. */
  check ((McSyncReport){ .state = MC_SYNC_OFFLINE, .since_ms = since, .ops_waiting = 1400 },
         "2026-11-23T09:00",
         "○ Chưa kết nối được với tỉnh từ 08:10 21/11, còn 1.400 thay đổi chưa gửi",
         MC_SYNC_APART);
  check ((McSyncReport){ .state = MC_SYNC_NEVER },
         "2026-11-21T09:00",
         "○ Chưa kết nối được với tỉnh",
         MC_SYNC_APART);
  check ((McSyncReport){ .state = MC_SYNC_NEVER, .ops_waiting = 3 },
         "2026-11-21T09:00",
         "○ Chưa kết nối được với tỉnh, còn 3 thay đổi chưa gửi",
         MC_SYNC_APART);
}

/* What matters more is said first: own changes before scans, scans before what was refused. */
static void
test_order (void)
{
  McSyncReport all = { .state = MC_SYNC_DONE,
                       .since_ms = at ("2026-11-21T08:42"),
                       .ops_waiting = 1,
                       .feed_done = 0,
                       .feed_head = 900,
                       .blobs_waiting = 1,
                       .blob_bytes = 380000,
                       .refused = 1 };
  const char *now = "2026-11-21T08:43";

  check (all, now, "↑ Đang gửi 1 thay đổi", MC_SYNC_BUSY);
  all.ops_waiting = 0;
  check (all, now, "↓ Đang tải hồ sơ về 0/900", MC_SYNC_BUSY);
  all.feed_done = 899;
  check (all, now, "↑ Còn 1 tệp quét chưa gửi (380 kB)", MC_SYNC_BUSY);
  all.blobs_waiting = 0;
  check (all, now, "▲ 1 việc cần xem lại", MC_SYNC_CARE);
  /* What is to be looked at is one number: refused, judged anew, and a machine that is a copy. */
  all.refused = 2;
  all.notices = 3;
  all.copied = TRUE;
  check (all, now, "▲ 6 việc cần xem lại", MC_SYNC_CARE);
  all.refused = 0;
  all.notices = 0;
  all.copied = FALSE;
  check (all, now, "● Đã đồng bộ lúc 08:42", MC_SYNC_CALM);
}

int
main (int argc, char **argv)
{
  mc_test_vietnamese (&argc, &argv);
  g_test_add_func ("/sync-words/phrases", test_phrases);
  g_test_add_func ("/sync-words/offline", test_offline);
  g_test_add_func ("/sync-words/order", test_order);
  return g_test_run ();
}
