/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-test-quarrel.h"

#include "mc-id.h"
#include "mc-sync-store.h"

/* A dossier that the province knows. */
static char *
known_dossier (McTestOffice *office)
{
  char *id;

  mc_test_sign_in (office, "an");
  mc_fake_clock_pass (office->clock, 60 * 1000);
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  mc_test_accept_all (office);
  mc_fake_clock_pass (office->clock, 60 * 1000);
  return id;
}

/* Another desk says @verb, having seen what the feed has of @group. */
static void
other_says (McTestOffice *office,
            const char *login,
            const char *id,
            const char *group,
            const char *verb,
            json_t *body)
{
  g_autoptr (McDossier) dossier = mc_store_dossier (office->store, id, NULL);
  g_autoptr (json_t) base = json_object ();
  g_autofree char *line = NULL;

  mc_fake_clock_pass (office->clock, 60 * 1000);
  json_object_set_new (base, group, mc_record_base (dossier->record, group, TRUE));
  line = mc_test_other (office, login, id, verb, body, base);
  mc_test_feed (office, line, "\"applied\"");
  json_decref (body);
  mc_fake_clock_pass (office->clock, 60 * 1000);
}

static json_t *
phone (const char *number)
{
  return json_pack ("{s:{s:{s:s}}}", "groups", "contact", "phone", number);
}

static void
set_phone (McTestOffice *office, const char *id, const char *number)
{
  g_autoptr (json_t) value = json_pack ("{s:s}", "phone", number);

  g_assert_true (mc_desk_set (office->desk, id, "contact", value, NULL));
}

static json_t *
scan (McTestOffice *office, const char *word, guint pages)
{
  g_autofree char *path = mc_test_pdf (office->folder, word, pages);
  g_autoptr (GError) error = NULL;
  json_t *document = mc_desk_import (office->desk, path, &error);

  g_assert_no_error (error);
  return document;
}

static void
two_scans (McTestOffice *office, const char *id)
{
  g_autoptr (json_t) mine = scan (office, "Ban cua An", 1);

  other_says (office,
              "binh",
              id,
              "part:to-khai",
              MC_VERB_ATTACH,
              json_pack ("{s:s,s:b,s:o}",
                         "part",
                         "to-khai",
                         "ticked",
                         1,
                         "document",
                         scan (office, "Ban cua Binh", 2)));
  g_assert_true (mc_desk_attach (office->desk, id, "to-khai", mine, NULL));
}

static void
other_steps (McTestOffice *office, const char *id, const char *step)
{
  other_says (office, "binh", id, "status", MC_VERB_STEP, json_pack ("{s:s}", "step", step));
}

static void
two_settlements (McTestOffice *office, const char *id)
{
  g_autofree char *conflict = g_strconcat (id, "/contact", NULL);
  g_autoptr (json_t) third = json_pack ("{s:s}", "phone", "0933333333");

  other_says (office, "binh", id, "contact", MC_VERB_SET, phone ("0922222222"));
  set_phone (office, id, "0911111111");
  mc_test_pull (office);
  mc_test_accept_all (office);
  other_says (office,
              "binh",
              id,
              "contact",
              MC_VERB_SETTLE,
              json_pack ("{s:s,s:{s:s}}", "group", "contact", "value", "phone", "0944444444"));
  g_assert_true (mc_desk_settle (office->desk, conflict, third, NULL, NULL));
}

static void
approved_beside (McTestOffice *office, const char *id)
{
  other_steps (office, id, MC_STEP_APPRAISE);
  mc_test_pull (office);
  other_says (office,
              "binh",
              id,
              "applicant",
              MC_VERB_SET,
              json_pack ("{s:{s:{s:s,s:s}}}",
                         "groups",
                         "applicant",
                         "name",
                         "Nguyễn Văn Định",
                         "id",
                         "001205123456"));
  mc_test_sign_in (office, "chi");
  g_assert_true (mc_desk_step (office->desk, id, MC_STEP_APPROVE, NULL, NULL));
}

char *
mc_test_neighbour (McTestOffice *office)
{
  char *id = mc_id_new (MC_TEST_MS);
  g_autoptr (json_t) body = json_pack ("{s:s,s:s}", "code", "H05.032.08", "name", "Xã Bên Cạnh");
  g_autofree char *line = mc_test_other (office, "an", id, MC_VERB_OFFICE, body, NULL);

  mc_test_feed (office, line, "{\"office\":\"applied\"}");
  mc_test_pull (office);
  return id;
}

static void
two_transfers (McTestOffice *office, const char *id)
{
  g_autofree char *neighbour = mc_test_neighbour (office);
  const char *const both[] = { office->office, neighbour, NULL };

  other_says (office,
              "binh",
              id,
              "offices",
              MC_VERB_TRANSFER,
              json_pack ("{s:[s]}", "offices", office->office));
  g_assert_true (mc_desk_transfer (office->desk, id, both, "cùng giải quyết", NULL));
}

/* The province says that another office received the same person for the same matter. */
static void
twin (McTestOffice *office, const char *id)
{
  g_autofree char *other = mc_id_new (MC_TEST_MS);
  g_autofree char *group = g_strconcat (MC_GROUP_TWIN_PREFIX, other, NULL);

  other_says (office,
              "an",
              id,
              group,
              MC_VERB_TWIN,
              json_pack ("{s:s,s:s,s:s}",
                         "other",
                         other,
                         "code",
                         "H05.032.08-261121-0977001",
                         "office",
                         "Xã Bên Cạnh"));
}

/* A copy of this desk gave the same code to somebody else. */
static void
one_code_twice (McTestOffice *office, const char *id)
{
  g_autofree char *other = mc_id_new (MC_TEST_MS);
  g_autoptr (McDossier) dossier = mc_store_dossier (office->store, id, NULL);
  g_autoptr (McOp) mine = mc_ledger_op (mc_store_db (office->store), dossier->record->creator);
  g_autoptr (json_t) body = json_deep_copy (mine->body);
  g_autofree char *line = NULL;

  json_object_set_new (body, "applicant", json_pack ("{s:s}", "name", "Phạm Thị Ngọc Ánh"));
  line = mc_test_other (office, "an", other, MC_VERB_RECEIVE, body, NULL);
  mc_test_feed (office, line, "\"applied\"");
}

static void
quarrel (McTestOffice *office, const char *id, McConflictKind kind)
{
  switch (kind)
    {
    case MC_CONFLICT_VALUE:
      other_says (office, "binh", id, "contact", MC_VERB_SET, phone ("0922222222"));
      set_phone (office, id, "0911111111");
      return;
    case MC_CONFLICT_STEPS:
      other_steps (office, id, MC_STEP_APPRAISE);
      g_assert_true (mc_desk_step (office->desk, id, MC_STEP_SUPPLEMENT, "Thiếu", NULL));
      return;
    case MC_CONFLICT_WITHDRAWAL:
      other_steps (office, id, MC_STEP_APPRAISE);
      g_assert_true (mc_desk_step (office->desk, id, MC_STEP_WITHDRAW, "Đổi ý", NULL));
      return;
    case MC_CONFLICT_DOCUMENTS:
      two_scans (office, id);
      return;
    case MC_CONFLICT_FEES:
      other_says (office,
                  "an",
                  id,
                  "fee",
                  MC_VERB_FEE,
                  json_pack ("{s:i,s:s}", "taken", 8000, "method", "transfer"));
      g_assert_true (mc_desk_take_fee (office->desk, id, 8000, "cash", NULL));
      return;
    case MC_CONFLICT_SETTLEMENTS:
      two_settlements (office, id);
      return;
    case MC_CONFLICT_CHANGED:
      approved_beside (office, id);
      return;
    case MC_CONFLICT_TRANSFERS:
      two_transfers (office, id);
      return;
    case MC_CONFLICT_TWIN:
      twin (office, id);
      return;
    case MC_CONFLICT_CODE:
      one_code_twice (office, id);
      return;
    }
}

char *
mc_test_quarrel (McTestOffice *office, McConflictKind kind)
{
  char *id = known_dossier (office);

  quarrel (office, id, kind);
  mc_test_pull (office);
  return id;
}

void
mc_test_refuse (McTestOffice *office, const char *reason)
{
  guint count = mc_store_outbox_count (office->store);
  g_autofree char *ruling = g_strdup_printf ("\"refused:%s\"", reason);

  for (guint i = 0; i < count; i++)
    {
      g_autofree char *line = mc_test_waiting_line (office, i);

      mc_test_feed (office, line, ruling);
    }
  mc_test_pull (office);
}

void
mc_test_overturn (McTestOffice *office, const char *reason)
{
  guint known;
  g_autofree char *id = known_dossier (office);

  known = office->feed->len;
  set_phone (office, id, "0966666666");
  mc_test_accept_all (office);
  mc_test_restore (office, known);
  mc_test_refuse (office, reason);
}
