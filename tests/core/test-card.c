/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-card.h"

#include "mc-error.h"
#include <string.h>

#define ID "001205123456"
#define PLACE "Thôn Ví Dụ, Xã Thử Nghiệm, Ba Vì, Hà Nội"

typedef struct
{
  const char *path, *text;
  const char *old_id, *name, *dob, *sex, *address, *issued;
  gboolean check_marks;
} Shape;

static const Shape shapes[] = {
  { "/card/2021",
    ID "||Nguyễn Văn Mẫu|05032005|Nam|" PLACE "|12082021",
    NULL,
    "Nguyễn Văn Mẫu",
    "2005-03-05",
    "male",
    PLACE,
    "2021-08-12",
    FALSE },
  { "/card/2021/old-number",
    ID "|012345678|Nguyễn Văn Mẫu|05032005|Nam|" PLACE "|12082021",
    "012345678",
    "Nguyễn Văn Mẫu",
    "2005-03-05",
    "male",
    PLACE,
    "2021-08-12",
    FALSE },
  { "/card/2021/empty-field-dropped",
    ID "|Nguyễn Văn Mẫu|05032005|Nam|" PLACE "|12082021",
    NULL,
    "Nguyễn Văn Mẫu",
    "2005-03-05",
    "male",
    PLACE,
    "2021-08-12",
    FALSE },
  { "/card/2024",
    ID "||Trần Thị Mẫu|31122001|Nữ|" PLACE "|01072024|||Trần Văn Cha|Lê Thị Mẹ|",
    NULL,
    "Trần Thị Mẫu",
    "2001-12-31",
    "female",
    PLACE,
    "2024-07-01",
    FALSE },
  { "/card/2024/empty-field-dropped",
    ID "|Trần Thị Mẫu|31122001|Nữ|" PLACE "|01072024|001301000000|Trần Văn Cha|Lê Thị Mẹ",
    NULL,
    "Trần Thị Mẫu",
    "2001-12-31",
    "female",
    PLACE,
    "2024-07-01",
    FALSE },
  { "/card/many-trailing-fields",
    ID "||Trần Thị Mẫu|31122001|Nữ|" PLACE
       "|01072024|1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|16|17|18|19|20",
    NULL,
    "Trần Thị Mẫu",
    "2001-12-31",
    "female",
    PLACE,
    "2024-07-01",
    FALSE },
  { "/card/no-day",
    ID "||Nguyễn Văn Mẫu|00031955|Nam|" PLACE "|12082021",
    NULL,
    "Nguyễn Văn Mẫu",
    "1955-03",
    "male",
    PLACE,
    "2021-08-12",
    FALSE },
  { "/card/no-day-no-month",
    ID "||Nguyễn Văn Mẫu|00001955|Nam|" PLACE "|12082021",
    NULL,
    "Nguyễn Văn Mẫu",
    "1955",
    "male",
    PLACE,
    "2021-08-12",
    FALSE },
  { "/card/no-diacritics",
    ID "||NGUYEN VAN MAU|05032005|Nam|Thon Vi Du, Ha Noi|12082021",
    NULL,
    "NGUYEN VAN MAU",
    "2005-03-05",
    "male",
    "Thon Vi Du, Ha Noi",
    "2021-08-12",
    TRUE },
  { "/card/nfd",
    ID "||Nguye\xcc\x82\xcc\x83n Va\xcc\x86n "
       "Ma\xcc\x82\xcc\x83u|05032005|Nu\xcc\x9b\xcc\x83|Ha\xcc\x80 No\xcc\xa3\xcc\x82i|12082021",
    NULL,
    "Nguyễn Văn Mẫu",
    "2005-03-05",
    "female",
    "Hà Nội",
    "2021-08-12",
    FALSE },
  { "/card/keyboard-enter",
    "  " ID "||Nguyễn Văn Mẫu|05032005|Nam|" PLACE "|12082021\r\n",
    NULL,
    "Nguyễn Văn Mẫu",
    "2005-03-05",
    "male",
    PLACE,
    "2021-08-12",
    FALSE },
  { "/card/keyboard-tab",
    ID "||Nguyễn Văn Mẫu|05032005|Nam|" PLACE "|12082021\t",
    NULL,
    "Nguyễn Văn Mẫu",
    "2005-03-05",
    "male",
    PLACE,
    "2021-08-12",
    FALSE },
  { "/card/no-issue-date",
    ID "||Nguyễn Văn Mẫu|05032005|Nam|" PLACE,
    NULL,
    "Nguyễn Văn Mẫu",
    "2005-03-05",
    "male",
    PLACE,
    NULL,
    FALSE },
  { "/card/empty-address",
    ID "||Nguyễn Văn Mẫu|05032005|Nam||12082021",
    NULL,
    "Nguyễn Văn Mẫu",
    "2005-03-05",
    "male",
    NULL,
    "2021-08-12",
    FALSE },
  { "/card/address-dropped",
    ID "||Nguyễn Văn Mẫu|05032005|Nam|12082021",
    NULL,
    "Nguyễn Văn Mẫu",
    "2005-03-05",
    "male",
    NULL,
    "2021-08-12",
    FALSE },
  { "/card/name-that-is-a-sex",
    ID "||Nam|05032005|Nam|" PLACE "|12082021",
    NULL,
    "Nam",
    "2005-03-05",
    "male",
    PLACE,
    "2021-08-12",
    TRUE },
  { "/card/spaces-around-fields",
    ID " | | Nguyễn Văn Mẫu | 05032005 | NAM | " PLACE " | 12082021 ",
    NULL,
    "Nguyễn Văn Mẫu",
    "2005-03-05",
    "male",
    PLACE,
    "2021-08-12",
    FALSE },
};

static void
test_shape (gconstpointer data)
{
  const Shape *shape = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (McCard) card = mc_card_parse (shape->text, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (card->id, ==, ID);
  g_assert_cmpstr (card->old_id, ==, shape->old_id);
  g_assert_cmpstr (card->name, ==, shape->name);
  g_assert_cmpstr (card->dob, ==, shape->dob);
  g_assert_cmpstr (card->sex, ==, shape->sex);
  g_assert_cmpstr (card->address, ==, shape->address);
  g_assert_cmpstr (card->issued, ==, shape->issued);
  g_assert_cmpint (card->check_marks, ==, shape->check_marks);
}

static void
test_something_else (void)
{
  static const char *const rows[] = {
    "",
    "|",
    "||||||",
    "https://dichvucong.gov.vn/p/home?x=1|2|3",
    "00020101021238570010A00000072701270006970436",
    "H05.032.07-261121-0421042",
    ID,
    ID "|Nguyễn Văn Mẫu",
    ID "||Nguyễn Văn Mẫu|32132005|Nam|x|12082021",
    ID "||Nguyễn Văn Mẫu|30022005|Nam|x|12082021",
    ID "|||05032005|Nam|x|12082021",
    "00120512345||Nguyễn Văn Mẫu|05032005|Nam|x|12082021",
    "0012051234567||Nguyễn Văn Mẫu|05032005|Nam|x|12082021",
    "GD4791234567|4e677579e1bb856e|05/03/2005|1|48c3a0204ee1bb9969|01-08",
    ID "||Nguy\xe1\xbb|05032005|Nam|x|12082021",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (McCard) card = mc_card_parse (rows[i], &error);

      g_test_message ("row %u", i);
      g_assert_null (card);
      g_assert_error (error, MC_ERROR, MC_ERROR_FORMAT);
    }
}

static void
test_garbage (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (4);

  for (guint round = 0; round < 500; round++)
    {
      char text[4097];
      g_autoptr (McCard) card = NULL;

      for (gsize i = 0; i < sizeof text - 1; i++)
        text[i] = round % 2 ? (char)g_rand_int_range (random, 1, 256)
                            : "0123|Nam \xc3\xa0"[g_rand_int_range (random, 0, 11)];
      text[sizeof text - 1] = '\0';
      card = mc_card_parse (text, NULL);
      g_assert_null (card);
    }
}

/* Cut at any byte and with any byte changed, it is a card or not, never a crash. */
static void
test_torn (void)
{
  const char *whole = shapes[3].text;
  gsize length = strlen (whole);

  for (gsize i = 0; i <= length; i++)
    {
      g_autofree char *torn = g_strndup (whole, i);
      g_autofree char *changed = g_strdup (whole);
      g_autoptr (McCard) cut = mc_card_parse (torn, NULL);
      g_autoptr (McCard) other = NULL;

      if (i < length)
        changed[i] = '|';
      other = mc_card_parse (changed, NULL);
      g_assert_true (cut == NULL || (cut->name != NULL && cut->dob != NULL));
      g_assert_true (other == NULL || other->id != NULL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    g_test_add_data_func (shapes[i].path, &shapes[i], test_shape);
  g_test_add_func ("/card/something-else", test_something_else);
  g_test_add_func ("/card/garbage", test_garbage);
  g_test_add_func ("/card/torn", test_torn);
  return g_test_run ();
}
