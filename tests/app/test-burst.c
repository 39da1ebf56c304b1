/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-burst.h"
#include <gdk/gdk.h>
#include <string.h>

#define CARD_2021                                                                                  \
  "001205123456||Nguyễn Văn Mẫu|05032005|Nam|Thôn Ví Dụ, Xã Thử Nghiệm, Ba Vì, Hà Nội|12082021"
#define CARD_OLD_ID                                                                                          \
  "001205123456|012345678|Nguyễn Văn Mẫu|05032005|Nam|Thôn Ví Dụ, Xã Thử Nghiệm, Ba Vì, Hà " \
  "Nội|12082021"
#define CARD_SIX                                                                                   \
  "001205123456|Nguyễn Văn Mẫu|05032005|Nam|Thôn Ví Dụ, Xã Thử Nghiệm, Ba Vì, Hà Nội|12082021"
#define CARD_2024                                                                                                    \
  "001205123456||Nguyễn Văn Mẫu|05032005|Nam|Thôn Ví Dụ, Xã Thử Nghiệm, Hà Nội|12082024||Nguyễn " \
  "Văn Cha|Trần Thị Mẹ|"
#define CARD_PLAIN "001205123456||NGUYEN VAN THUOWNG|05032005|Nam|Thon Vi Du|12082021"
#define CODE "H05.032.07-261121-0421042"

/* A bench on which keys are struck: it keeps what the window would have seen. */
typedef struct
{
  McBurst *burst;
  guint32 now;
  guint32 keycode;
  GString *passed; /* what reached the field, in order */
  GString *held;
  char *done; /* the text of the burst, when there was one */
} Bench;

static void
bench_init (Bench *bench)
{
  memset (bench, 0, sizeof *bench);
  bench->burst = mc_burst_new ();
  bench->now = 4294967000u; /* the stamp wraps round on the way */
  bench->passed = g_string_new (NULL);
  bench->held = g_string_new (NULL);
}

static void
bench_clear (Bench *bench)
{
  mc_burst_free (bench->burst);
  g_string_free (bench->passed, TRUE);
  g_string_free (bench->held, TRUE);
  g_free (bench->done);
}

static void
note (GString *text, const McKey *key)
{
  gunichar c = gdk_keyval_to_unicode (key->keyval);

  if (!key->press)
    return;
  if (key->keyval == GDK_KEY_Return || key->keyval == GDK_KEY_Tab)
    g_string_append (text, key->keyval == GDK_KEY_Tab ? "⇥" : "⏎");
  else if (c != 0)
    g_string_append_unichar (text, c);
}

static void
feed (Bench *bench, const McKey *key)
{
  switch (mc_burst_key (bench->burst, key))
    {
    case MC_BURST_PASS:
    case MC_BURST_FIRST:
      note (bench->passed, key);
      break;
    case MC_BURST_HOLD:
      note (bench->held, key);
      break;
    case MC_BURST_REPLAY:
      g_string_append (bench->passed, bench->held->str);
      g_string_truncate (bench->held, 0);
      feed (bench, key);
      break;
    case MC_BURST_DONE:
      g_string_truncate (bench->held, 0);
      g_free (bench->done);
      bench->done = mc_burst_take (bench->burst);
      break;
    case MC_BURST_DROP:
    default:
      break;
    }
}

static void
pass_time (Bench *bench, guint ms)
{
  guint wait = mc_burst_wait_ms (bench->burst);

  bench->now += ms;
  if (wait == 0 || ms <= wait)
    return;
  switch (mc_burst_timeout (bench->burst))
    {
    case MC_BURST_REPLAY:
      g_string_append (bench->passed, bench->held->str);
      break;
    case MC_BURST_DONE:
      g_free (bench->done);
      bench->done = mc_burst_take (bench->burst);
      break;
    case MC_BURST_PASS:
    case MC_BURST_FIRST:
    case MC_BURST_HOLD:
    case MC_BURST_DROP:
    default:
      break;
    }
  g_string_truncate (bench->held, 0);
}

static void
event (Bench *bench, guint32 keyval, guint32 state, gboolean press)
{
  const McKey key = { keyval, keyval & 0xff, state, press, bench->now };

  feed (bench, &key);
}

static void
strike_state (Bench *bench, guint32 keyval, guint32 state, guint gap)
{
  pass_time (bench, gap);
  event (bench, keyval, state, TRUE);
  event (bench, keyval, state, FALSE);
}

static void
strike (Bench *bench, guint32 keyval, guint gap)
{
  strike_state (bench, keyval, 0, gap);
}

static void
strike_text (Bench *bench, const char *text, guint gap)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    strike (bench, gdk_unicode_to_keyval (g_utf8_get_char (p)), gap);
}

/* What a reader sends as text, and what comes of it. */
static void
test_readers (void)
{
  static const struct
  {
    const char *text;
    guint gap;
    guint32 end;
    McScan scan;
  } rows[] = {
    { CARD_2021, 2, GDK_KEY_Return, MC_SCAN_CARD },
    { CARD_2021, 20, GDK_KEY_Return, MC_SCAN_CARD },
    { CARD_2021, 35, GDK_KEY_KP_Enter, MC_SCAN_CARD },
    { CARD_OLD_ID, 5, GDK_KEY_Return, MC_SCAN_CARD },
    { CARD_SIX, 5, GDK_KEY_Return, MC_SCAN_CARD },
    { CARD_2024, 5, GDK_KEY_Return, MC_SCAN_CARD },
    { CARD_PLAIN, 5, GDK_KEY_Tab, MC_SCAN_CARD },
    { CODE, 5, GDK_KEY_Return, MC_SCAN_CODE },
    { CODE, 5, GDK_KEY_Tab, MC_SCAN_CODE },
    { "000.00.06.H56-231027-0361", 5, GDK_KEY_Return, MC_SCAN_CODE },
    { "8934567890123", 5, GDK_KEY_Return, MC_SCAN_UNKNOWN },
    { "https://vneid.gov.vn/x|y", 5, GDK_KEY_Return, MC_SCAN_UNKNOWN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Bench bench;
      McCard *card = NULL;

      bench_init (&bench);
      strike_text (&bench, rows[i].text, rows[i].gap);
      strike (&bench, rows[i].end, rows[i].gap);
      g_assert_cmpstr (bench.done, ==, rows[i].text);
      g_assert_cmpint (mc_scan_classify (bench.done, &card), ==, rows[i].scan);
      g_assert_cmpint (card != NULL, ==, rows[i].scan == MC_SCAN_CARD);
      if (card != NULL)
        g_assert_cmpstr (card->id, ==, "001205123456");
      mc_card_free (card);
      /* Only the first key was let through; the end never. */
      g_assert_cmpint (g_utf8_strlen (bench.passed->str, -1), ==, 1);
      g_assert_true (g_str_has_prefix (rows[i].text, bench.passed->str));
      /* The next person's first key is typing again. */
      strike (&bench, GDK_KEY_a, 200);
      g_assert_true (g_str_has_suffix (bench.passed->str, "a"));
      bench_clear (&bench);
    }
}

static void
test_names_in_any_shape (void)
{
  McCard *card = NULL;

  g_assert_cmpint (mc_scan_classify (CARD_2021, &card), ==, MC_SCAN_CARD);
  g_assert_cmpstr (card->name, ==, "Nguyễn Văn Mẫu");
  g_assert_false (card->check_marks);
  mc_card_free (card);
  g_assert_cmpint (mc_scan_classify (CARD_PLAIN, &card), ==, MC_SCAN_CARD);
  g_assert_cmpstr (card->name, ==, "NGUYEN VAN THUOWNG");
  g_assert_true (card->check_marks);
  mc_card_free (card);
}

static void
test_typing (void)
{
  static const struct
  {
    const char *text;
    guint gap;
  } rows[] = {
    { "Ddifnh", 100 },
    { "Nguyeexn Vawn Maaux", 100 },
    { "001205123456", 100 },
    { "001205123456|x", 60 },
    { "hello world", 36 },
    { "ok", 10 },
    { "abcdefg", 20 }, /* seven keys are not yet a machine */
    { CODE, 60 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *expected = g_strconcat (rows[i].text, "⏎", NULL);
      Bench bench;

      bench_init (&bench);
      strike_text (&bench, rows[i].text, rows[i].gap);
      strike (&bench, GDK_KEY_Return, rows[i].gap);
      pass_time (&bench, 200);
      g_assert_null (bench.done);
      g_assert_cmpstr (bench.passed->str, ==, expected);
      bench_clear (&bench);
    }
}

/* A fast typist rolls: two keys within a few ms, then a breath. Nothing changes its place. */
static void
test_rolling (void)
{
  static const guint gaps[] = { 90, 12, 80, 8, 30, 70, 15, 20, 110, 5, 5, 60 };
  const char *text = "thuongnghiem";
  Bench bench;

  bench_init (&bench);
  for (gsize i = 0; text[i] != '\0'; i++)
    {
      g_assert_cmpuint (mc_burst_wait_ms (bench.burst), <=, MC_BURST_GAP_MS);
      strike (&bench, (guint32)text[i], gaps[i]);
    }
  strike (&bench, GDK_KEY_Return, 90);
  g_assert_null (bench.done);
  g_assert_cmpstr (bench.passed->str, ==, "thuongnghiem⏎");
  bench_clear (&bench);
}

/* Fast text that is no card, with a pause instead of an end, is given back whole. */
static void
test_burst_without_end (void)
{
  Bench bench;

  bench_init (&bench);
  strike_text (&bench, "0123456789 abc", 5);
  pass_time (&bench, 200);
  g_assert_null (bench.done);
  g_assert_cmpstr (bench.passed->str, ==, "0123456789 abc");
  bench_clear (&bench);
}

/* A reader that was set up without a suffix: a whole card needs none. Its late Enter is not ours.
 */
static void
test_reader_without_end (void)
{
  Bench bench;

  bench_init (&bench);
  strike_text (&bench, CARD_PLAIN, 5);
  pass_time (&bench, 200);
  g_assert_cmpstr (bench.done, ==, CARD_PLAIN);
  g_assert_cmpstr (bench.passed->str, ==, "0");
  bench_clear (&bench);
}

static void
test_double_end (void)
{
  Bench bench;

  bench_init (&bench);
  strike_text (&bench, CODE, 5);
  strike (&bench, GDK_KEY_Return, 5);
  strike (&bench, GDK_KEY_Linefeed, 5);
  strike (&bench, GDK_KEY_Return, 5);
  g_assert_cmpstr (bench.done, ==, CODE);
  g_assert_cmpstr (bench.passed->str, ==, "H");
  strike (&bench, GDK_KEY_Return, 400);
  g_assert_cmpstr (bench.passed->str, ==, "H⏎");
  bench_clear (&bench);
}

/* Once it is surely a machine, a hiccup of the bus does not cut the card in two. */
static void
test_hiccup (void)
{
  Bench bench;

  bench_init (&bench);
  strike_text (&bench, "001205123456||NGUYEN", 5);
  strike_text (&bench, " VAN MAU|05032005|Nam|Thon Vi Du|12082021", 80);
  strike (&bench, GDK_KEY_Return, 80);
  g_assert_nonnull (bench.done);
  g_assert_true (g_str_has_prefix (bench.done, "001205123456||NGUYEN VAN MAU|"));
  bench_clear (&bench);
}

/* A key held down by a finger repeats as fast as a reader. */
static void
test_repeat (void)
{
  Bench bench;

  bench_init (&bench);
  for (int i = 0; i < 20; i++)
    {
      pass_time (&bench, 30);
      event (&bench, GDK_KEY_x, 0, TRUE);
    }
  event (&bench, GDK_KEY_x, 0, FALSE);
  strike (&bench, GDK_KEY_Return, 30);
  pass_time (&bench, 200);
  g_assert_null (bench.done);
  g_assert_cmpstr (bench.passed->str, ==, "xxxxxxxxxxxxxxxxxxxx⏎");
  bench_clear (&bench);
}

/* Shortcuts in the middle of fast typing are no part of a burst, and come after what was typed. */
static void
test_shortcut_breaks (void)
{
  Bench bench;

  bench_init (&bench);
  strike_text (&bench, "abcdef", 10);
  strike_state (&bench, GDK_KEY_s, GDK_CONTROL_MASK, 10);
  strike_text (&bench, "gh", 60);
  g_assert_cmpstr (bench.passed->str, ==, "abcdefsgh");
  bench_clear (&bench);
}

static void
strike_unicode (Bench *bench, gunichar c, gboolean keep_modifiers, guint32 end)
{
  const guint32 both = GDK_CONTROL_MASK | GDK_SHIFT_MASK;
  g_autofree char *hex = g_strdup_printf ("%04x", c);

  pass_time (bench, 4);
  event (bench, GDK_KEY_Control_L, 0, TRUE);
  event (bench, GDK_KEY_Shift_L, GDK_CONTROL_MASK, TRUE);
  event (bench, GDK_KEY_U, both, TRUE);
  event (bench, GDK_KEY_U, both, FALSE);
  if (!keep_modifiers)
    {
      event (bench, GDK_KEY_Shift_L, both, FALSE);
      event (bench, GDK_KEY_Control_L, GDK_CONTROL_MASK, FALSE);
    }
  for (const char *p = hex; *p != '\0'; p++)
    {
      /* With Shift held, a US keyboard sends what stands above the digit. */
      guint32 keyval =
          keep_modifiers && g_ascii_isdigit (*p) ? (guint32) ")!@#$%^&*("[*p - '0'] : (guint32)*p;

      strike_state (bench, keyval, keep_modifiers ? both : 0, 4);
    }
  if (keep_modifiers)
    {
      event (bench, GDK_KEY_Shift_L, both, FALSE);
      event (bench, GDK_KEY_Control_L, GDK_CONTROL_MASK, FALSE);
    }
  else
    strike (bench, end, 4);
}

static void
test_ctrl_shift_u (void)
{
  static const struct
  {
    gboolean keep;
    guint32 end;
  } rows[] = { { FALSE, GDK_KEY_space }, { FALSE, GDK_KEY_Return }, { TRUE, 0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Bench bench;

      bench_init (&bench);
      for (const char *p = CARD_2021; *p != '\0'; p = g_utf8_next_char (p))
        if (g_utf8_get_char (p) < 0x80)
          strike (&bench, (guint32)*p, 4);
        else
          strike_unicode (&bench, g_utf8_get_char (p), rows[i].keep, rows[i].end);
      strike (&bench, GDK_KEY_Return, 4);
      g_assert_cmpstr (bench.done, ==, CARD_2021);
      g_assert_cmpstr (bench.passed->str, ==, "0");
      bench_clear (&bench);
    }
}

static void
strike_alt (Bench *bench, const char *digits, gboolean num_lock)
{
  static const guint32 without[] = { GDK_KEY_KP_Insert, GDK_KEY_KP_End,  GDK_KEY_KP_Down,
                                     GDK_KEY_KP_Next,   GDK_KEY_KP_Left, GDK_KEY_KP_Begin,
                                     GDK_KEY_KP_Right,  GDK_KEY_KP_Home, GDK_KEY_KP_Up,
                                     GDK_KEY_KP_Prior };

  pass_time (bench, 4);
  event (bench, GDK_KEY_Alt_L, 0, TRUE);
  for (const char *p = digits; *p != '\0'; p++)
    {
      guint32 keyval = *p == '+'               ? (guint32)GDK_KEY_KP_Add
                       : !g_ascii_isdigit (*p) ? (guint32)*p
                       : num_lock              ? (guint32)GDK_KEY_KP_0 + (guint32)(*p - '0')
                                               : without[*p - '0'];

      strike_state (bench, keyval, GDK_ALT_MASK, 4);
    }
  event (bench, GDK_KEY_Alt_L, GDK_ALT_MASK, FALSE);
}

/* The ways in which readers write a code point. */
static char *
alt_digits (gunichar c, guint way)
{
  switch (way)
    {
    case 0:
      /* Below 256 without a zero it would be the old code page: readers send the zero there. */
      return g_strdup_printf (c < 0x100 ? "0%u" : "%u", c);
    case 1:
      return g_strdup_printf ("0%u", c);
    default:
      return g_strdup_printf ("+%x", c);
    }
}

static void
test_alt_numpad (void)
{
  for (guint way = 0; way < 3; way++)
    for (gboolean num_lock = FALSE; num_lock <= TRUE; num_lock++)
      {
        Bench bench;

        bench_init (&bench);
        for (const char *p = CARD_2021; *p != '\0'; p = g_utf8_next_char (p))
          {
            g_autofree char *digits = alt_digits (g_utf8_get_char (p), way);

            if (g_utf8_get_char (p) < 0x80)
              strike (&bench, (guint32)*p, 4);
            else
              strike_alt (&bench, digits, num_lock);
          }
        strike (&bench, GDK_KEY_Return, 4);
        g_assert_cmpstr (bench.done, ==, CARD_2021);
        bench_clear (&bench);
      }
}

static void
test_alt_old_page (void)
{
  Bench bench;

  bench_init (&bench);
  strike_text (&bench, "12345678", 4);
  strike_alt (&bench, "130", TRUE); /* é in code page 437 */
  strike (&bench, GDK_KEY_Return, 4);
  g_assert_cmpstr (bench.done, ==, "12345678é");
  bench_clear (&bench);
}

static void
test_caps_lock (void)
{
  Bench bench;

  bench_init (&bench);
  for (const char *p = "h05.032.07-261121-0421042"; *p != '\0'; p++)
    strike_state (&bench, (guint32)*p, GDK_LOCK_MASK, 4);
  strike (&bench, GDK_KEY_Return, 4);
  g_assert_cmpstr (bench.done, ==, CODE);
  bench_clear (&bench);
}

/* Noise without end is given back, not kept for ever. */
static void
test_endless (void)
{
  Bench bench;

  bench_init (&bench);
  for (int i = 0; i < 3 * MC_BURST_LENGTH_MAX; i++)
    strike (&bench, (guint32)('a' + i % 26), 2);
  pass_time (&bench, 500);
  g_assert_null (bench.done);
  g_assert_cmpuint (bench.passed->len, ==, 3 * MC_BURST_LENGTH_MAX);
  bench_clear (&bench);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/burst/readers", test_readers);
  g_test_add_func ("/burst/names-in-any-shape", test_names_in_any_shape);
  g_test_add_func ("/burst/typing", test_typing);
  g_test_add_func ("/burst/rolling", test_rolling);
  g_test_add_func ("/burst/without-end", test_burst_without_end);
  g_test_add_func ("/burst/reader-without-end", test_reader_without_end);
  g_test_add_func ("/burst/double-end", test_double_end);
  g_test_add_func ("/burst/hiccup", test_hiccup);
  g_test_add_func ("/burst/repeat", test_repeat);
  g_test_add_func ("/burst/shortcut", test_shortcut_breaks);
  g_test_add_func ("/burst/ctrl-shift-u", test_ctrl_shift_u);
  g_test_add_func ("/burst/alt-numpad", test_alt_numpad);
  g_test_add_func ("/burst/alt-old-page", test_alt_old_page);
  g_test_add_func ("/burst/caps-lock", test_caps_lock);
  g_test_add_func ("/burst/endless", test_endless);
  return g_test_run ();
}
