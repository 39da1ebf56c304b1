/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** McKey: one raw key event, as the window system delivered it. */
typedef struct
{
  guint32 keyval;  /* X11 keysym, as GDK names them */
  guint32 keycode; /* of the hardware: tells a repeated key from one struck twice */
  guint32 state;   /* modifiers held before the event, GDK's bits */
  gboolean press;
  guint32 time_ms; /* the event's own time stamp */
} McKey;

/**
 * McBurstDecode:
 * Turns what a keyboard reader sends into text: plain characters, Unicode by Ctrl+Shift+U with
 * hexadecimal digits (Linux mode of such readers), and by Alt with the number pad (Windows mode).
 */
typedef struct
{
  GString *text;
  GString *digits; /* of the sequence under way */
  enum
  {
    MC_SEQUENCE_NONE,
    MC_SEQUENCE_HEX, /* after Ctrl+Shift+U */
    MC_SEQUENCE_ALT, /* Alt is down and the number pad is used */
  } sequence;
} McBurstDecode;

void mc_burst_decode_init (McBurstDecode *decode);
void mc_burst_decode_clear (McBurstDecode *decode);
/** mc_burst_decode_restart: forgets the text and any sequence under way. */
void mc_burst_decode_restart (McBurstDecode *decode);

/** McDecoded: what a key was to the decoder. */
typedef enum
{
  MC_DECODED_TEXT,     /* a character, or a part of one */
  MC_DECODED_MODIFIER, /* Shift, Ctrl, Alt…, or a release: says nothing by itself */
  MC_DECODED_END,      /* Enter or Tab */
  MC_DECODED_OTHER,    /* a shortcut, an arrow, a function key: no reader sends it */
} McDecoded;

McDecoded mc_burst_decode_key (McBurstDecode *decode, const McKey *key);

G_END_DECLS
