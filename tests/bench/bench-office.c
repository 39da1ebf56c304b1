/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * bench-office DATA OFFICE COUNT OPEN
 *
 * Fills an office of a province with COUNT dossiers, of which the last OPEN are still open: as its
 * desks would have, with signed ops through mc_province_sync, but in one process. The office has
 * the people of tests/e2e/world.py.
 */
#include "mc-id.h"
#include "mc-judge.h"
#include "mc-province-admin.h"

#include <stdio.h>
#include <stdlib.h>

#define BATCH 500

static const char *const procedures[] = { "1.001193", "1.004873", "2.000635", "1.000656" };
static const char *const surnames[] = {
  "Nguyễn", "Trần", "Lê",  "Phạm", "Hoàng", "Huỳnh", "Vũ",
  "Võ",     "Đặng", "Bùi", "Đỗ",   "Hồ",    "Ngô",   "Dương"
};
static const char *const given[] = {
  "Thị An",   "Văn Bình", "Hữu Châu", "Đức Dũng", "Thanh Hà", "Ngọc Hằng", "Minh Hiếu", "Quốc Hùng",
  "Xuân Lan", "Kim Liên", "Thu Nga",  "Gia Phúc", "Bảo Quân", "Hồng Sáu",  "Công Tâm"
};
static const char *const steps[] = { "appraise", "approve", "return" };

typedef struct
{
  McProvince *province;
  McDevice device;
  McSecretKey secret;
  gint64 n, at;
  char *people[3]; /* clerk, officer, leader */
  McSyncRequest *request;
  GRand *dice;
} Office;

static void
fail (const GError *error)
{
  fprintf (stderr, "bench-office: %s\n", error != NULL ? error->message : "failed");
  exit (1);
}

static void
enrol (Office *office, const char *code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = mc_province_office (office->province, code, &error);
  g_autofree char *invite = id != NULL ? mc_province_invite (office->province, id, &error) : NULL;
  McPublicKey public;
  McAdmission *admission;

  mc_keys_make (&public, &office->secret);
  admission = invite != NULL ? mc_province_enrol (office->province, invite, &public, &error) : NULL;
  if (admission == NULL)
    fail (error);
  office->device = *admission->device; /* for the life of the process */
  for (guint i = 0; i < G_N_ELEMENTS (office->people); i++)
    {
      static const McRole roles[] = { MC_ROLE_CLERK, MC_ROLE_OFFICER, MC_ROLE_LEADER };
      static const char *const logins[] = { "bench-1", "bench-2", "bench-3" };
      McStaffChange change = { id, logins[i], "Người Đo", roles[i], 1, NULL };

      office->people[i] = mc_province_add_staff (office->province, &change, &error);
      if (office->people[i] == NULL)
        fail (error);
    }
}

static void
push (Office *office)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McSyncAnswer) answer =
      mc_province_sync (office->province, &office->device, office->request, &error);

  if (answer == NULL)
    fail (error);
  for (guint i = 0; i < answer->answers->len; i++)
    {
      const McAnswer *one = answer->answers->pdata[i];

      if (one->ruling == NULL || strstr (one->ruling, "refused") != NULL)
        {
          fprintf (stderr, "bench-office: %s\n", one->ruling != NULL ? one->ruling : "missing");
          exit (1);
        }
    }
  g_ptr_array_set_size (office->request->lines, 0);
}

static const McOp *
find (const char *id, gboolean *ret_refused, gpointer ops)
{
  *ret_refused = FALSE;
  return g_hash_table_lookup (ops, id);
}

/* Signs it, and lets the judge say what stands then. */
static void
say (Office *office,
     McRecord *record,
     GHashTable *ops,
     guint person,
     const char *verb,
     json_t *body,
     json_t *base,
     const char *read)
{
  g_autofree char *id = mc_id_new (office->at / 1000);
  McOpDraft draft = {
    .id = id,
    .device = office->device.id,
    .n = ++office->n,
    .at = ++office->at,
    .by = office->people[person],
    .on = record->id,
    .verb = verb,
    .body = body,
    .base = base,
    .read = read,
  };
  McOp *op = mc_op_sign (&draft, &office->secret);
  g_autoptr (McRuling) ruling = NULL;

  if (op == NULL)
    fail (NULL);
  ruling = mc_judge (record, op, find, ops, NULL, 0);
  if (ruling->refused)
    {
      fprintf (stderr, "bench-office: %s: %s\n", verb, ruling->reason);
      exit (1);
    }
  g_hash_table_insert (ops, op->id, op);
  g_ptr_array_add (office->request->lines, g_strdup (op->line));
  json_decref (body);
  json_decref (base);
  if (office->request->lines->len == BATCH)
    push (office);
}

static json_t *
reception (Office *office, int number)
{
  GRand *dice = office->dice;
  g_autofree char *code = g_strdup_printf ("H05.032.07-2611%02d-%s%03d",
                                           1 + number / 999 % 28,
                                           office->device.slot,
                                           number % 999 + 1);
  g_autofree char *name =
      g_strconcat (surnames[g_rand_int_range (dice, 0, G_N_ELEMENTS (surnames))],
                   " ",
                   given[g_rand_int_range (dice, 0, G_N_ELEMENTS (given))],
                   NULL);
  g_autofree char *person = g_strdup_printf ("001%09d", number);
  g_autofree char *phone = g_strdup_printf ("09%08d", g_rand_int_range (dice, 0, 99999999));
  g_autofree char *address =
      g_strdup_printf ("Số %d, thôn Đại An, xã Thử Nghiệm, thành phố Đà Nẵng",
                       g_rand_int_range (dice, 1, 400));

  return json_pack ("{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:{s:s,s:s,s:s},s:{s:s}}",
                    "office",
                    office->device.office,
                    "code",
                    code,
                    "procedure",
                    procedures[g_rand_int_range (dice, 0, G_N_ELEMENTS (procedures))],
                    "channel",
                    "direct",
                    "received",
                    "2026-11-21T08:10",
                    "title",
                    "Đăng ký khai sinh cho con, nộp tại bộ phận một cửa",
                    "due",
                    "2026-11-24T17:00",
                    "workflow",
                    "2",
                    "applicant",
                    "name",
                    name,
                    "id",
                    person,
                    "address",
                    address,
                    "contact",
                    "phone",
                    phone);
}

static void
dossier (Office *office, int number, guint steps_done)
{
  g_autofree char *id = mc_id_new (office->at / 1000);
  g_autoptr (McRecord) record = mc_record_new (id);
  g_autoptr (GHashTable) ops =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)mc_op_unref);

  say (office, record, ops, 0, MC_VERB_RECEIVE, reception (office, number), json_object (), NULL);
  for (guint i = 0; i < steps_done; i++)
    {
      g_autofree char *read = i > 0 ? mc_record_read (record) : NULL;

      say (office,
           record,
           ops,
           (i + 1) % 3,
           MC_VERB_STEP,
           json_pack ("{s:s}", "step", steps[i]),
           json_pack ("{s:o}", MC_GROUP_STATUS, mc_record_base (record, MC_GROUP_STATUS, FALSE)),
           read);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  Office office = { .at = MC_BUILD_MS * 1000 };
  int count, open;

  if (argc != 5)
    return 2;
  count = atoi (argv[3]);
  open = atoi (argv[4]);
  mc_keys_init ();
  office.province = mc_province_open (argv[1], mc_clock_system (), &error);
  if (office.province == NULL)
    fail (error);
  office.request = mc_sync_request_new ();
  office.request->limit = 0;
  office.dice = g_rand_new_with_seed (20261121);
  enrol (&office, argv[2]);
  /* What is open is the newest, but for one in ten that lies about for long. */
  for (int i = 0; i < count; i++)
    {
      gboolean waits = i >= count - open * 9 / 10 || (i % 97 == 0 && i / 97 < open / 10);

      dossier (&office, i, waits ? (guint)i % 3 : 3);
    }
  push (&office);
  mc_sync_request_free (office.request);
  g_rand_free (office.dice);
  mc_province_close (office.province);
  printf ("%" G_GINT64_FORMAT " ops\n", office.n);
  return 0;
}
