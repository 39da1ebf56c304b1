/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the report of a public desk says, read back from its PDF. */
#include "mc-removal.h"

#include "mc-pdf-reader.h"
#include <string.h>

#define AT_MS G_GINT64_CONSTANT (1795223520000) /* 21/11/2026 08:12 in Viet Nam */

static void
add (GPtrArray *all, const char *code, guint changes, guint scans, guint drafts)
{
  McRemoved *one = g_new0 (McRemoved, 1);

  one->at_ms = AT_MS;
  one->code = g_strdup (code);
  one->changes = changes;
  one->scans = scans;
  one->drafts = drafts;
  g_ptr_array_add (all, one);
}

static char *
text_of (const McLeft *left, GPtrArray *removed)
{
  g_autoptr (McLetterhead) letterhead = mc_letterhead_new ("Trung tâm PVHCC xã Thử Nghiệm");
  const McRemovalData data = { letterhead, "ngày 21 tháng 11 năm 2026", "0421", left, removed };
  g_autoptr (McForm) form = mc_removal_form (&data);
  g_autoptr (McReadPdf) pdf = mc_read_form (form);

  mc_read_assert_margins (pdf);
  return mc_read_all_text (pdf);
}

static void
assert_has (const char *text, const char *words)
{
  if (strstr (text, words) == NULL)
    g_error ("\"%s\" is missing in: %s", words, text);
}

static void
test_clean (void)
{
  g_autoptr (GPtrArray) removed = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_removed_free);
  const McLeft left = { 0 };
  g_autofree char *text = NULL;

  add (removed, "H05.032.07-261121-0421001", 4, 1, 0);
  add (removed, NULL, 0, 0, 2);
  add (removed, NULL, 0, 3, 0);
  text = text_of (&left, removed);
  assert_has (text, "BIÊN BẢN XÓA DỮ LIỆU TRÊN MÁY CÔNG CỘNG");
  assert_has (text, "Máy số: 0421");
  assert_has (text, "Còn trên máy: không còn dữ liệu nào của người dân");
  assert_has (text, "21/11/2026 08:12 · H05.032.07-261121-0421001: 4 thay đổi, 1 tệp quét");
  assert_has (text, "hồ sơ nháp: 2 bản nháp");
  assert_has (text, "tệp quét chưa dùng: 3 tệp quét");
  assert_has (text, "NGƯỜI KIỂM TRA");
}

static void
test_not_clean (void)
{
  g_autoptr (GPtrArray) removed = g_ptr_array_new ();
  const McLeft left = { 2, 1, 3, TRUE };
  g_autofree char *text = text_of (&left, removed);

  assert_has (text, "2 hồ sơ chưa bàn giao xong, 1 hồ sơ nháp, 3 tệp quét");
  assert_has (text, "bản sao lưu cũ ở ổ chưa cắm");
  assert_has (text, "chưa có gì phải xóa");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/removal/clean", test_clean);
  g_test_add_func ("/removal/not-clean", test_not_clean);
  return g_test_run ();
}
