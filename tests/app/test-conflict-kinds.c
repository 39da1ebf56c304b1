/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each kind of conflict as the desk finds it: what is said, what can be chosen, what is said after.
 */
#include "mc-test-quarrel.h"
#include "mc-test-vietnamese.h"
#include "mc-way-out.h"

#include <string.h>

/* How a kind is told: pieces of the sentence, and of each way out "title|key|after". */
typedef struct
{
  McConflictKind kind;
  const char *sentence;
  const char *background;
  const char *ways[3];
} Case;

static const Case cases[] = {
  { MC_CONFLICT_VALUE,
    "<b>Số điện thoại</b> của hồ sơ … được sửa ở hai nơi: máy này (Trần Văn An, 08:16, khi mất "
    "mạng) và tỉnh (Nguyễn Thị Bình, 08:15).",
    "Trước đó: 0912345678",
    { "0922222222|Giữ nội dung do Nguyễn Thị Bình nhập|Đã giữ số do Nguyễn Thị Bình nhập. Số kia "
      "vẫn còn trong lịch sử.",
      "0911111111|Giữ nội dung do Trần Văn An nhập|Đã giữ số do Trần Văn An nhập. Số kia vẫn còn "
      "trong lịch sử." } },
  { MC_CONFLICT_STEPS,
    "<b>Hồ sơ … được chuyển bước</b> ở hai nơi: máy này (Trần Văn An, 08:16, khi mất mạng): yêu "
    "cầu bổ sung; tỉnh (Nguyễn Thị Bình, 08:15): thẩm định xong, trình ký.",
    "Trước đó: Mới tiếp nhận",
    { "Chờ ký duyệt|Giữ bước của Nguyễn Thị Bình|Hồ sơ nay ở bước: Chờ ký duyệt. Bước kia vẫn còn "
      "trong lịch sử.",
      "Chờ bổ sung|Giữ bước của Trần Văn An|Hồ sơ nay ở bước: Chờ bổ sung. Bước kia vẫn còn trong "
      "lịch sử." } },
  { MC_CONFLICT_WITHDRAWAL,
    "<b>Hồ sơ … đã được rút</b> trong khi người khác vẫn đang xử lý: máy này (Trần Văn An, 08:16, "
    "khi mất mạng): rút hồ sơ theo yêu cầu của người nộp; tỉnh (Nguyễn Thị Bình, 08:15): thẩm "
    "định xong, trình ký.",
    "Trước đó: Mới tiếp nhận",
    { "Chờ ký duyệt|Tiếp tục xử lý hồ sơ|Hồ sơ tiếp tục xử lý: Chờ ký duyệt. Việc rút hồ sơ vẫn "
      "còn trong lịch sử.",
      "Đã rút|Để hồ sơ được rút|Hồ sơ được rút. Bước kia vẫn còn trong lịch sử." } },
  { MC_CONFLICT_DOCUMENTS,
    "<b>Tờ khai</b> của hồ sơ … được thêm bản quét ở hai nơi: máy này (Trần Văn An, 08:16, khi mất "
    "mạng) và tỉnh (Nguyễn Thị Bình, 08:15). Các bản quét đều còn.",
    NULL,
    { "Cả hai bản quét|Giữ cả hai|Đã giữ các bản quét của giấy tờ này, để cạnh nhau.",
      "scan.pdf|Chỉ giữ bản quét của Nguyễn Thị Bình|Đã giữ bản quét do Nguyễn Thị Bình thêm. Bản "
      "kia vẫn còn trong lịch sử.",
      "scan.pdf|Chỉ giữ bản quét của Trần Văn An|Đã giữ bản quét do Trần Văn An thêm. Bản kia vẫn "
      "còn trong lịch sử." } },
  { MC_CONFLICT_FEES,
    "<b>Lệ phí hồ sơ … đã thu hai lần</b>: máy này (Trần Văn An, 08:16, khi mất mạng): 8.000 đ "
    "tiền mặt; tỉnh (Trần Văn An, 08:15): 8.000 đ chuyển khoản. Giữ một khoản, phần còn lại trả "
    "lại người nộp.",
    NULL,
    { "8.000 đ chuyển khoản|Giữ khoản do Trần Văn An thu|Đã giữ khoản do Trần Văn An thu. Phải trả "
      "lại người nộp: 8.000 đ tiền mặt do Trần Văn An thu. Cả hai khoản vẫn còn trong lịch sử.",
      "8.000 đ tiền mặt|Giữ khoản do Trần Văn An thu|Đã giữ khoản do Trần Văn An thu. Phải trả lại "
      "người nộp: 8.000 đ chuyển khoản do Trần Văn An thu. Cả hai khoản vẫn còn trong lịch sử." } },
  { MC_CONFLICT_SETTLEMENTS,
    "<b>Số điện thoại</b> của hồ sơ … được chốt khác nhau ở hai nơi: máy này (Trần Văn An, 08:18, "
    "khi mất mạng) và tỉnh (Nguyễn Thị Bình, 08:17).",
    NULL,
    { "0944444444|Giữ nội dung do Nguyễn Thị Bình chọn|Đã giữ nội dung do Nguyễn Thị Bình chọn. "
      "Nội "
      "dung kia vẫn còn trong lịch sử.",
      "0933333333|Giữ nội dung do Trần Văn An chọn|Đã giữ nội dung do Trần Văn An chọn. Nội dung "
      "kia vẫn còn trong lịch sử." } },
  { MC_CONFLICT_CHANGED,
    "Hồ sơ …: Lê Thị Chi <b>ký duyệt</b> lúc 08:18 khi chưa thấy nội dung vừa được sửa: "
    "Người nộp (Nguyễn Thị Bình, 08:17).",
    "Người nộp (Nguyễn Thị Bình, 08:17):\nHọ và tên: Nguyễn Văn Định\nSố định danh: 001205123456",
    { "Xem lại: Chờ ký duyệt|Đưa về “Chờ ký duyệt”|Hồ sơ trở về “Chờ ký duyệt”. Quyết định kia vẫn "
      "còn trong lịch sử.",
      "Việc ký duyệt vẫn giữ|Giữ việc ký duyệt|Đã giữ việc ký duyệt. Nội dung vừa sửa cũng được "
      "giữ." } },
  { MC_CONFLICT_TRANSFERS,
    "<b>Hồ sơ … được chuyển cho các cơ quan khác nhau</b> ở hai nơi: máy này (Trần Văn An, 08:16, "
    "khi mất mạng): Xã Bên Cạnh và Xã Thử Nghiệm; tỉnh (Nguyễn Thị Bình, 08:15): Xã Thử Nghiệm.",
    NULL,
    { "Xã Thử Nghiệm|Giữ cơ quan do Nguyễn Thị Bình chọn|Hồ sơ nay do Xã Thử Nghiệm xử lý. Lần "
      "chuyển kia vẫn còn trong lịch sử.",
      "Xã Bên Cạnh và Xã Thử Nghiệm|Giữ cơ quan do Trần Văn An chọn|Hồ sơ nay do Xã Bên Cạnh và Xã "
      "Thử Nghiệm xử lý. Lần chuyển kia vẫn còn trong lịch sử." } },
  { MC_CONFLICT_TWIN,
    "<b>Một người có hai hồ sơ cùng thủ tục</b>: … (Nguyễn Văn Đình, Xã Thử Nghiệm, 08:13) và "
    "…0977001 (Xã Bên Cạnh).",
    NULL,
    { "Cùng một việc|Cùng một việc|Đã ghi vào cả hai hồ sơ: cùng một việc. Cả hai vẫn còn; rút hồ "
      "sơ không cần nữa.",
      "Hai việc khác nhau|Hai việc khác nhau|Đã ghi vào cả hai hồ sơ: hai việc khác nhau. Cả hai "
      "vẫn xử lý bình thường." } },
  { MC_CONFLICT_CODE,
    "<b>Mã … có trên nhiều hồ sơ</b>: Nguyễn Văn Đình, Đăng ký khai sinh, Xã Thử Nghiệm, 08:13; "
    "Phạm Thị Ngọc Ánh, Đăng ký khai sinh, Xã Thử Nghiệm, 08:14.",
    NULL,
    { "Cùng một việc|Cùng một việc|Đã ghi vào cả hai hồ sơ: cùng một việc. Cả hai vẫn còn; rút hồ "
      "sơ không cần nữa.",
      "Hai việc khác nhau|Hai việc khác nhau|Đã ghi vào cả hai hồ sơ: hai việc khác nhau. Cả hai "
      "vẫn xử lý bình thường." } },
};

/* The end of the code is new at every run. */
static char *
without_code (const char *sentence, const char *code)
{
  g_autofree char *number = g_strconcat ("…", strrchr (code, '-') + 1, NULL);
  g_auto (GStrv) pieces = g_strsplit (sentence, number, -1);

  return g_strjoinv ("…", pieces);
}

static void
test_kind (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = mc_test_quarrel (office, one->kind);
  g_autoptr (McDossier) dossier = mc_store_dossier (office->store, id, NULL);
  g_autoptr (McProcedure) procedure =
      mc_store_procedure (office->store, dossier->row->procedure, NULL);
  McNames names = { procedure, office->store };
  gint64 now = mc_store_now (office->store);
  g_autoptr (GPtrArray) all = mc_store_conflicts (office->store, id, NULL);
  McConflict *conflict;

  g_assert_cmpuint (all->len, ==, 1);
  conflict = all->pdata[0];
  g_assert_cmpint (conflict->kind, ==, one->kind);
  g_autofree char *said = mc_conflict_sentence (conflict, &names, now);
  g_autofree char *sentence = without_code (said, conflict->code);
  g_autofree char *background = mc_conflict_background (conflict, &names, now);
  g_autoptr (GPtrArray) ways = mc_ways_out (conflict, &names, now);
  g_assert_cmpstr (sentence, ==, one->sentence);
  g_assert_cmpstr (background, ==, one->background);
  for (guint i = 0; i < ways->len; i++)
    {
      McWayOut *way = ways->pdata[i];
      g_autofree char *told = g_strdup_printf ("%s|%s|%s", way->title, way->keep, way->after);

      g_assert_cmpuint (i, <, G_N_ELEMENTS (one->ways));
      g_assert_cmpstr (told, ==, one->ways[i]);
    }
  g_assert_true (ways->len == G_N_ELEMENTS (one->ways) || one->ways[ways->len] == NULL);
}

int
main (int argc, char **argv)
{
  mc_test_vietnamese (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/conflict-kinds/%u", i);

      g_test_add_data_func (path, &cases[i], test_kind);
    }
  return g_test_run ();
}
