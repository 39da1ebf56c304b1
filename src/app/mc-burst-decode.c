/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-burst-decode.h"
#include <gdk/gdk.h>
#include <string.h>

/* Ten digits are more than any code point needs; more is no sequence. */
#define DIGITS_MAX 10

void
mc_burst_decode_init (McBurstDecode *decode)
{
  decode->text = g_string_new (NULL);
  decode->digits = g_string_new (NULL);
  decode->sequence = MC_SEQUENCE_NONE;
}

void
mc_burst_decode_clear (McBurstDecode *decode)
{
  g_string_free (g_steal_pointer (&decode->text), TRUE);
  g_string_free (g_steal_pointer (&decode->digits), TRUE);
}

void
mc_burst_decode_restart (McBurstDecode *decode)
{
  g_string_truncate (decode->text, 0);
  g_string_truncate (decode->digits, 0);
  decode->sequence = MC_SEQUENCE_NONE;
}

static gboolean
is_modifier (guint32 keyval)
{
  return (keyval >= GDK_KEY_Shift_L && keyval <= GDK_KEY_Hyper_R) ||
         (keyval >= GDK_KEY_ISO_Lock && keyval <= GDK_KEY_ISO_Last_Group_Lock) ||
         keyval == GDK_KEY_Mode_switch || keyval == GDK_KEY_Num_Lock;
}

/* The digit of a number-pad key, whether Num Lock is on or off (Windows' Alt codes work with both);
 * -1 for any other key. */
static int
pad_digit (guint32 keyval)
{
  static const guint32 without_lock[] = { GDK_KEY_KP_Insert, GDK_KEY_KP_End,  GDK_KEY_KP_Down,
                                          GDK_KEY_KP_Next,   GDK_KEY_KP_Left, GDK_KEY_KP_Begin,
                                          GDK_KEY_KP_Right,  GDK_KEY_KP_Home, GDK_KEY_KP_Up,
                                          GDK_KEY_KP_Prior };

  if (keyval >= GDK_KEY_KP_0 && keyval <= GDK_KEY_KP_9)
    return (int)(keyval - GDK_KEY_KP_0);
  for (guint i = 0; i < G_N_ELEMENTS (without_lock); i++)
    if (without_lock[i] == keyval)
      return (int)i;
  return -1;
}

/* The hexadecimal digit of a key; while Ctrl+Shift stay down, "1" arrives as "!". */
static char
hex_digit (guint32 keyval)
{
  static const char shifted[] = ")!@#$%^&*(";
  gunichar c = gdk_keyval_to_unicode (keyval);
  const char *found;

  if (c < 0x80 && g_ascii_isxdigit ((char)c))
    return (char)c;
  if (c != 0 && c < 0x80 && (found = strchr (shifted, (int)c)) != NULL)
    return (char)('0' + (found - shifted));
  return 0;
}

static void
append_code_point (McBurstDecode *decode, guint64 c)
{
  if (c != 0 && g_unichar_validate ((gunichar)c))
    g_string_append_unichar (decode->text, (gunichar)c);
}

static void
end_hex (McBurstDecode *decode)
{
  append_code_point (decode, g_ascii_strtoull (decode->digits->str, NULL, 16));
  g_string_truncate (decode->digits, 0);
  decode->sequence = MC_SEQUENCE_NONE;
}

/* As Windows reads Alt codes: "+" begins hexadecimal; below 256 without a leading zero is the old
 * DOS code page; everything else is the code point. */
static void
end_alt (McBurstDecode *decode)
{
  const char *digits = decode->digits->str;

  if (digits[0] == '+')
    append_code_point (decode, g_ascii_strtoull (digits + 1, NULL, 16));
  else if (digits[0] != '\0')
    {
      guint64 c = g_ascii_strtoull (digits, NULL, 10);

      if (digits[0] != '0' && c >= 0x80 && c < 0x100)
        {
          char byte = (char)c;
          g_autofree char *text = g_convert (&byte, 1, "UTF-8", "CP437", NULL, NULL, NULL);

          g_string_append (decode->text, text != NULL ? text : "");
        }
      else
        append_code_point (decode, c);
    }
  g_string_truncate (decode->digits, 0);
  decode->sequence = MC_SEQUENCE_NONE;
}

static McDecoded
decode_release (McBurstDecode *decode, const McKey *key)
{
  if (decode->sequence == MC_SEQUENCE_ALT &&
      (key->keyval == GDK_KEY_Alt_L || key->keyval == GDK_KEY_Alt_R ||
       key->keyval == GDK_KEY_Meta_L || key->keyval == GDK_KEY_Meta_R))
    end_alt (decode);
  else if (decode->sequence == MC_SEQUENCE_HEX && decode->digits->len > 0 &&
           (key->state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) ==
               (GDK_CONTROL_MASK | GDK_SHIFT_MASK) &&
           is_modifier (key->keyval))
    end_hex (decode); /* the digits were struck with Ctrl+Shift held: letting go ends them */
  return MC_DECODED_MODIFIER;
}

static McDecoded
decode_alt (McBurstDecode *decode, const McKey *key)
{
  int digit = pad_digit (key->keyval);
  char hex = decode->digits->str[0] == '+' ? hex_digit (key->keyval) : 0;

  if (decode->digits->len >= DIGITS_MAX)
    return MC_DECODED_OTHER;
  if (digit >= 0)
    g_string_append_c (decode->digits, (char)('0' + digit));
  else if (key->keyval == GDK_KEY_KP_Add && decode->digits->len == 0)
    g_string_append_c (decode->digits, '+');
  else if (hex != 0)
    g_string_append_c (decode->digits, hex);
  else
    return MC_DECODED_OTHER;
  decode->sequence = MC_SEQUENCE_ALT;
  return MC_DECODED_TEXT;
}

static gboolean
is_end (guint32 keyval)
{
  return keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter ||
         keyval == GDK_KEY_Linefeed || keyval == GDK_KEY_Tab || keyval == GDK_KEY_KP_Tab;
}

static McDecoded
decode_plain (McBurstDecode *decode, const McKey *key)
{
  gunichar c = gdk_keyval_to_unicode (key->keyval);

  if (is_end (key->keyval))
    return MC_DECODED_END;
  if (c == 0 || g_unichar_iscntrl (c))
    return MC_DECODED_OTHER;
  /* A reader believes that Caps Lock is off: what it strikes with Shift is a capital. */
  if ((key->state & GDK_LOCK_MASK) != 0 && c < 0x80)
    c = g_ascii_isupper ((char)c) ? (gunichar)g_ascii_tolower ((char)c)
                                  : (gunichar)g_ascii_toupper ((char)c);
  g_string_append_unichar (decode->text, c);
  return MC_DECODED_TEXT;
}

McDecoded
mc_burst_decode_key (McBurstDecode *decode, const McKey *key)
{
  const guint32 ctrl_shift = GDK_CONTROL_MASK | GDK_SHIFT_MASK;

  g_return_val_if_fail (decode != NULL && key != NULL, MC_DECODED_OTHER);

  if (!key->press)
    return decode_release (decode, key);
  if (is_modifier (key->keyval))
    return MC_DECODED_MODIFIER;

  if (decode->sequence == MC_SEQUENCE_HEX)
    {
      char digit = hex_digit (key->keyval);

      if (digit != 0 && decode->digits->len < DIGITS_MAX)
        {
          g_string_append_c (decode->digits, digit);
          return MC_DECODED_TEXT;
        }
      end_hex (decode);
      /* Space and Enter only close the sequence: they are no text and end no burst. */
      if (key->keyval == GDK_KEY_space || is_end (key->keyval))
        return MC_DECODED_TEXT;
    }

  if ((key->state & ctrl_shift) == ctrl_shift && (key->state & GDK_ALT_MASK) == 0 &&
      (key->keyval == GDK_KEY_u || key->keyval == GDK_KEY_U))
    {
      decode->sequence = MC_SEQUENCE_HEX;
      return MC_DECODED_TEXT;
    }
  if ((key->state & GDK_ALT_MASK) != 0 && (key->state & GDK_CONTROL_MASK) == 0)
    return decode_alt (decode, key);
  if ((key->state & (GDK_CONTROL_MASK | GDK_SUPER_MASK | GDK_META_MASK | GDK_HYPER_MASK)) != 0)
    return MC_DECODED_OTHER;
  return decode_plain (decode, key);
}
