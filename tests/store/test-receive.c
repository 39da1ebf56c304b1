/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-error.h"
#include "mc-support.h"

#include "mc-code.h"

static void
test_whole_reception (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (json_t) reception = mc_json_parse (
      "{\"procedure\":\"1.001193\",\"applicant\":{\"name\":\" Nguyễn Văn Đình "
      "\",\"dob\":\"1990-03\",\"sex\":\"male\"},"
      "\"contact\":{\"phone\":\"0912345678\",\"email\":\"dinh@example.vn\"},\"subject\":\"Khai "
      "sinh cho con\","
      "\"channel\":\"post\",\"parts\":{\"to-khai\":{\"ticked\":true,\"originals\":1}},"
      "\"fee_taken\":{\"amount\":8000,\"method\":\"cash\",\"receipt\":\"AA/26E 0001234\"}}",
      -1,
      NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (McReceived) received = NULL;
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (json_t) fee = NULL;
  g_autoptr (json_t) taken = NULL;

  mc_test_sign_in (office, "an");
  received = mc_desk_receive (office->desk, reception, &error);
  g_assert_no_error (error);
  /* Received Sat 21 Nov; 3 working days from Mon, 24/11 off: 23, 25, 26. */
  g_assert_cmpstr (received->due, ==, "2026-11-26T17:00");
  g_assert_cmpstr (received->code, ==, "H05.032.07-261121-0421001");
  dossier = mc_store_dossier (office->store, received->id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dossier->row->applicant, ==, "Nguyễn Văn Đình");
  g_assert_cmpstr (dossier->row->state, ==, "received");
  g_assert_cmpstr (dossier->row->procedure_name, ==, "Đăng ký khai sinh");
  g_assert_true (dossier->row->waiting);
  g_assert_cmpuint (dossier->events->len, ==, 2);
  g_assert_cmpstr (((McEvent *)dossier->events->pdata[0])->by, ==, "Trần Văn An");
  fee = mc_record_json (dossier->record, MC_GROUP_FEE);
  g_assert_cmpint (mc_json_int (fee, "taken", 0), ==, 8000);
  taken = mc_json_parse (((McEvent *)dossier->events->pdata[1])->detail, -1, NULL);
  g_assert_cmpstr (mc_json_string (taken, "receipt"), ==, "AA/26E 0001234");
  mc_test_check (office);
}

static void
test_codes_never_repeat (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  mc_test_sign_in (office, "an");
  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *id = mc_test_receive (office, "Người Nộp");
      g_autoptr (McDossier) dossier = mc_store_dossier (office->store, id, NULL);

      g_assert_cmpint (mc_code_classify (dossier->row->code), ==, MC_CODE_2025);
      g_assert_true (g_hash_table_add (seen, g_strdup (dossier->row->code)));
      /* The clock goes back an hour now and then: the date of a code does not. */
      office->clock->wall_ms -= i % 7 == 0 ? 60 * 1000 : 0;
    }
}

/* A refused reception takes no number: the transaction took it back. */
static void
test_bad_receptions (void)
{
  static const struct
  {
    const char *json;
    int code;
    const char *names;
  } cases[] = {
    { "{\"applicant\":{\"name\":\"A\"}}", MC_ERROR_FORMAT, "procedure" },
    { "{\"procedure\":\"1.001193\",\"applicant\":{\"name\":\"  \"}}",
      MC_ERROR_FORMAT,
      "applicant.name" },
    { "{\"procedure\":\"9.999999\",\"applicant\":{\"name\":\"A\"}}",
      MC_ERROR_NOT_FOUND,
      "9.999999" },
    { "{\"procedure\":\"1.001193\",\"applicant\":{\"name\":\"A\",\"dob\":\"5/3/2005\"}}",
      MC_ERROR_FORMAT,
      "applicant.dob" },
    { "{\"procedure\":\"1.001193\",\"applicant\":{\"name\":\"A\",\"sex\":\"Nam\"}}",
      MC_ERROR_FORMAT,
      "applicant.sex" },
    { "{\"procedure\":\"1.001193\",\"applicant\":{\"name\":\"A\"},\"channel\":\"fax\"}",
      MC_ERROR_FORMAT,
      "channel" },
    { "{\"procedure\":\"1.001193\",\"applicant\":{\"name\":\"A\"},\"parts\":{\"to-khai\":{"
      "\"document\":{\"sha256\":\"no\"}}}}",
      MC_ERROR_FORMAT,
      "document" },
    { "[1,2]", MC_ERROR_FORMAT, "procedure" },
  };
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = NULL;
  g_autoptr (McDossier) dossier = NULL;

  mc_test_sign_in (office, "an");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (json_t) reception = mc_json_parse (cases[i].json, -1, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (mc_desk_receive (office->desk, reception, &error));
      g_assert_error (error, MC_ERROR, cases[i].code);
      g_assert_nonnull (g_strrstr (error->message, cases[i].names));
    }
  id = mc_test_receive (office, "Sau Cùng");
  dossier = mc_store_dossier (office->store, id, NULL);
  g_assert_true (g_str_has_suffix (dossier->row->code, "-0421001"));
  mc_test_check (office);
}

static void
test_nobody_and_no_right (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (json_t) reception =
      json_pack ("{s:s,s:{s:s}}", "procedure", "1.001193", "applicant", "name", "A");
  g_autoptr (GError) error = NULL;

  g_assert_null (mc_desk_receive (office->desk, reception, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_REFUSED);
  g_clear_error (&error);
  mc_test_sign_in (office, "chi");
  g_assert_null (mc_desk_receive (office->desk, reception, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_REFUSED);
}

/* All or none: one bad line takes the whole call back. */
static void
test_many_together (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (GPtrArray) some = g_ptr_array_new_with_free_func ((GDestroyNotify)json_decref);
  g_autoptr (GPtrArray) received = NULL;
  g_autoptr (GError) error = NULL;
  McFilter all = { .queue = MC_QUEUE_ALL };
  g_autoptr (GArray) rows = NULL;

  mc_test_sign_in (office, "an");
  for (guint i = 0; i < 5; i++)
    g_ptr_array_add (some,
                     json_pack ("{s:s,s:{s:s}}",
                                "procedure",
                                "1.001193",
                                "applicant",
                                "name",
                                i == 3 ? "" : "A"));
  g_assert_null (mc_desk_receive_all (office->desk, some, &error));
  rows = mc_store_list (office->store, &all, NULL);
  g_assert_cmpuint (rows->len, ==, 0);
}

/* Several of one resident: a code each, one receipt, all or none. */
static void
test_one_receipt (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (json_t) reception = json_pack ("{s:s,s:{s:s},s:{s:s},s:[{s:s},{s:s}]}",
                                            "procedure",
                                            "1.001193",
                                            "applicant",
                                            "name",
                                            "Nguyễn Văn Đình",
                                            "contact",
                                            "phone",
                                            "0912345678",
                                            "more",
                                            "procedure",
                                            "1.004873",
                                            "procedure",
                                            "9.999999");
  json_t *more = json_object_get (reception, "more");
  McFilter all = { .queue = MC_QUEUE_ALL };
  g_autoptr (McReceived) received = NULL;
  g_autoptr (GArray) none = NULL;
  g_autoptr (McDossier) second = NULL;
  g_autoptr (json_t) applicant = NULL;

  mc_test_sign_in (office, "an");
  g_assert_null (mc_desk_receive (office->desk, reception, NULL));
  none = mc_store_list (office->store, &all, NULL);
  g_assert_cmpuint (none->len, ==, 0);
  json_array_remove (more, 1);
  received = mc_desk_receive (office->desk, reception, NULL);
  g_assert_nonnull (received);
  g_assert_cmpuint (received->more->len, ==, 1);
  second = mc_store_dossier (office->store, ((McReceived *)received->more->pdata[0])->id, NULL);
  applicant = mc_record_json (second->record, MC_GROUP_APPLICANT);
  g_assert_cmpstr (mc_json_string (applicant, "receipt"), ==, received->code);
  g_assert_cmpstr (second->row->phone, ==, "0912345678");
  g_assert_cmpstr (second->row->code, !=, received->code);
  /* What was handed over is as it was. */
  g_assert_null (json_object_get (json_object_get (reception, "applicant"), "receipt"));
}

/* Where the catalogue has no time that was checked, a person promises the day. */
static void
test_day_given (void)
{
  static const struct
  {
    const char *due;
    const char *kept; /* NULL: not received */
  } cases[] = {
    { "2026-12-01T17:00", "2026-12-01T17:00" },
    { "2026-11-20T17:00", NULL },
    { "2026-12-01", NULL },
  };
  g_autoptr (McTestOffice) office = mc_test_office ();

  mc_test_sign_in (office, "an");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (json_t) reception = json_pack ("{s:s,s:{s:s},s:s}",
                                                "procedure",
                                                "1.001193",
                                                "applicant",
                                                "name",
                                                "Nguyễn Văn Đình",
                                                "due",
                                                cases[i].due);
      g_autoptr (McReceived) received = mc_desk_receive (office->desk, reception, NULL);

      g_assert_cmpstr (received != NULL ? received->due : NULL, ==, cases[i].kept);
    }
}

/* The same name typed composed and decomposed is the same bytes in the op. */
static void
test_nfc (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *apart = g_utf8_normalize ("Nguyễn Thị Đình", -1, G_NORMALIZE_NFD);
  g_autofree char *id = NULL;
  g_autoptr (McDossier) dossier = NULL;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, apart);
  dossier = mc_store_dossier (office->store, id, NULL);
  g_assert_cmpstr (dossier->row->applicant, ==, "Nguyễn Thị Đình");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/receive/whole", test_whole_reception);
  g_test_add_func ("/receive/codes-never-repeat", test_codes_never_repeat);
  g_test_add_func ("/receive/bad", test_bad_receptions);
  g_test_add_func ("/receive/nobody-and-no-right", test_nobody_and_no_right);
  g_test_add_func ("/receive/many-together", test_many_together);
  g_test_add_func ("/receive/one-receipt", test_one_receipt);
  g_test_add_func ("/receive/day-given", test_day_given);
  g_test_add_func ("/receive/nfc", test_nfc);
  return g_test_run ();
}
