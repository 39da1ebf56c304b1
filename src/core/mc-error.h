/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * McError:
 * The failures that callers tell apart. Anything finer is in the message, which is English and for
 * the log; what a clerk reads is chosen from the code by the application.
 */
typedef enum
{
  MC_ERROR_FORMAT,    /* bytes that are not what they claim to be */
  MC_ERROR_SIGNATURE, /* signed by somebody else, or changed since */
  MC_ERROR_REFUSED,   /* a rule forbids it: no right, an impossible step */
  MC_ERROR_NOT_FOUND, /* no such dossier, part, procedure, person */
  MC_ERROR_NEWER,     /* a file of a newer version of the program: left untouched */
  MC_ERROR_BUSY,      /* another window has this profile open */
  MC_ERROR_FULL,      /* the disk is full */
  MC_ERROR_DAMAGED,   /* the file is torn */
  MC_ERROR_STORE,     /* any other failure of the database or the disk */
  MC_ERROR_NETWORK,   /* no contact, or an answer that is not the province's */
  MC_ERROR_SECRET,    /* wrong PIN or passphrase */
  MC_ERROR_DELAYED,   /* too many wrong secrets: wait */
  MC_ERROR_CLOCK,     /* the clock must be confirmed before anything is printed */
  MC_ERROR_KEY,       /* a file under another key than the one given */
  MC_ERROR_OLDER,     /* an older file was put beside newer ones; the message begins with which */
} McError;

#define MC_ERROR (mc_error_quark ())
GQuark mc_error_quark (void);

G_END_DECLS
