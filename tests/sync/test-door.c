/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who gets in at the door of a profile, and who does not; how the province lets people in is
 * tests/server/test-unlock.c. */
#include "mc-door-note.h"
#include "mc-door.h"
#include "mc-error.h"
#include "mc-support.h"

#define PIN_AN "135790"
#define PHRASE_BINH "song huong buoi chieu"

typedef struct
{
  McFakeClock *clock;
  char *folder;
  McDoor *door;
} Gate;

static void
set_up (Gate *gate, gconstpointer data)
{
  g_autoptr (McDataKey) key = NULL;
  g_autoptr (McVault) vault = NULL;
  g_autoptr (GError) error = NULL;

  mc_keys_init ();
  key = mc_data_key_new ();
  gate->clock = mc_fake_clock ();
  gate->folder = mc_test_folder ();
  vault = mc_vault_make (gate->folder, key, MC_VAULT_WORK_NONE);
  mc_vault_set_person (vault,
                       key,
                       "an",
                       "Trần Văn An",
                       PIN_AN,
                       mc_machine_secret_memory (),
                       &error);
  g_assert_no_error (error);
  mc_vault_set_person (vault,
                       key,
                       "binh",
                       "Nguyễn Thị Bình",
                       PHRASE_BINH,
                       mc_machine_secret_memory (),
                       &error);
  g_assert_no_error (error);
  gate->door = mc_door_new (gate->folder, &gate->clock->clock, mc_machine_secret_memory ());
}

static void
tear_down (Gate *gate, gconstpointer data)
{
  mc_door_unref (gate->door);
  mc_test_remove (gate->folder);
  g_free (gate->clock);
}

static void
assert_opens (Gate *gate, const char *login, const char *secret)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McArrival) arrival = mc_door_open (gate->door, login, secret, &error);

  g_assert_no_error (error);
  g_assert_nonnull (arrival->key);
  g_assert_false (arrival->must_choose);
  mc_door_entered (gate->door, arrival, NULL);
}

static void
assert_refused (Gate *gate, const char *login, const char *secret, McError why)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McArrival) arrival = mc_door_open (gate->door, login, secret, &error);

  g_assert_null (arrival);
  g_assert_error (error, MC_ERROR, (int)why);
}

static void
test_right_and_wrong (Gate *gate, gconstpointer data)
{
  McProfileState state;

  g_assert_true (mc_door_look (gate->door, &state, NULL));
  assert_opens (gate, " an", PIN_AN);
  assert_opens (gate, "binh", PHRASE_BINH);
  assert_refused (gate, "an", PHRASE_BINH, MC_ERROR_SECRET);
  assert_refused (gate, "chi", PIN_AN, MC_ERROR_NOT_FOUND);
  g_assert_true (mc_door_pin_enough (gate->door));
}

/* The delay grows, is on the disk, and a clock set back or a restart is no way around it. */
static void
test_growing_delay (Gate *gate, gconstpointer data)
{
  gint64 last = 0;

  for (guint i = 0; i < 6; i++)
    {
      gint64 wait = mc_door_wait_ms (gate->door, "an");

      g_assert_cmpint (wait, >=, last);
      last = wait;
      if (wait > 0)
        {
          assert_refused (gate, "an", PIN_AN, MC_ERROR_DELAYED);
          mc_door_unref (gate->door);
          gate->door = mc_door_new (gate->folder, &gate->clock->clock, mc_machine_secret_memory ());
          g_assert_cmpint (mc_door_wait_ms (gate->door, "an"), ==, wait);
          gate->clock->wall_ms -= 1000 * 1000;
          g_assert_cmpint (mc_door_wait_ms (gate->door, "an"), ==, wait);
          gate->clock->wall_ms += 1000 * 1000;
          mc_fake_clock_pass (gate->clock, wait);
        }
      assert_refused (gate, "an", "975312", MC_ERROR_SECRET);
    }
  g_assert_cmpint (last, >=, 10 * 1000);
  /* Somebody else is not held up. */
  assert_opens (gate, "binh", PHRASE_BINH);
  mc_fake_clock_pass (gate->clock, mc_door_wait_ms (gate->door, "an"));
  assert_opens (gate, "an", PIN_AN);
  g_assert_cmpint (mc_door_wait_ms (gate->door, "an"), ==, 0);
}

static const char *
first (GPtrArray *people)
{
  return ((McVaultPerson *)people->pdata[0])->login;
}

static void
test_last_comes_first (Gate *gate, gconstpointer data)
{
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;

  assert_opens (gate, "an", PIN_AN);
  before = mc_door_people (gate->door);
  g_assert_cmpuint (before->len, ==, 2);
  g_assert_cmpstr (first (before), ==, "an");
  assert_opens (gate, "binh", PHRASE_BINH);
  after = mc_door_people (gate->door);
  g_assert_cmpstr (first (after), ==, "binh");
}

static void
test_change (Gate *gate, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (mc_door_change (gate->door, "an", "975312", "864209", &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_SECRET);
  g_clear_error (&error);
  g_assert_false (mc_door_change (gate->door, "an", PIN_AN, "123456", &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (mc_door_change (gate->door, "an", PIN_AN, "864209", &error));
  g_assert_no_error (error);
  assert_refused (gate, "an", PIN_AN, MC_ERROR_SECRET);
  assert_opens (gate, "an", "864209");
}

static void
test_remove (Gate *gate, gconstpointer data)
{
  g_autoptr (McArrival) an = mc_door_open (gate->door, "an", PIN_AN, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (mc_door_remove (gate->door, an->key, "binh", &error));
  assert_refused (gate, "binh", PHRASE_BINH, MC_ERROR_NOT_FOUND);
  assert_opens (gate, "an", PIN_AN);
}

/* The disk in another PC: the PIN is not enough there, a passphrase is. */
static void
test_another_machine (Gate *gate, gconstpointer data)
{
  mc_door_unref (gate->door);
  gate->door = mc_door_new (gate->folder, &gate->clock->clock, mc_machine_secret_none ());
  g_assert_false (mc_door_pin_enough (gate->door));
  assert_refused (gate, "an", PIN_AN, MC_ERROR_REFUSED);
  /* A machine that lost its key is no wrong secret. */
  g_assert_cmpint (mc_door_wait_ms (gate->door, "an"), ==, 0);
  assert_opens (gate, "binh", PHRASE_BINH);
}

/* A note that somebody scribbled on keeps nobody out and breaks nothing. */
static void
test_torn_notes (Gate *gate, gconstpointer data)
{
  static const char *const torn[] = { "",
                                      "{",
                                      "[]",
                                      "{\"last\":3,\"fails\":[1]}",
                                      "{\"fails\":{\"an\":\"x\"},\"last\":[7]}" };

  for (guint i = 0; i < G_N_ELEMENTS (torn); i++)
    {
      g_autofree char *sign_in = g_build_filename (gate->folder, "sign-in", NULL);
      g_autofree char *office = g_build_filename (gate->folder, "office", NULL);

      g_assert_true (g_file_set_contents (sign_in, torn[i], -1, NULL));
      g_assert_true (g_file_set_contents (office, torn[i], -1, NULL));
      g_assert_null (mc_office_note_read (gate->folder));
      assert_opens (gate, "binh", PHRASE_BINH);
    }
}

#define ADD(path, test) g_test_add ("/door/" path, Gate, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("right-and-wrong", test_right_and_wrong);
  ADD ("growing-delay", test_growing_delay);
  ADD ("last-comes-first", test_last_comes_first);
  ADD ("change", test_change);
  ADD ("remove", test_remove);
  ADD ("another-machine", test_another_machine);
  ADD ("torn-notes", test_torn_notes);
  return g_test_run ();
}
