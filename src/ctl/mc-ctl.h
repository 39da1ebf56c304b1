/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-door.h"
#include "mc-form.h"
#include "mc-syncer.h"

G_BEGIN_DECLS

/* Exit codes of motcuactl. */
#define MC_EXIT_DONE 0
#define MC_EXIT_REFUSED 1
#define MC_EXIT_USAGE 2
#define MC_EXIT_NO_CONTACT 3

/** McCtl: one call of motcuactl: the profile it works on, and how it prints. */
typedef struct
{
  McDoor *door;
  McArrival *arrival; /* (nullable): who opened it */
  McStore *store;     /* NULL for a verb that works at the door */
  McDesk *desk;
  gboolean json;
} McCtl;

/** McVerbNeeds: what must be open for a verb. */
typedef enum
{
  MC_NEEDS_DOOR,   /* nothing: it is about getting in */
  MC_NEEDS_READER, /* the profile, only to look into */
  MC_NEEDS_STORE,  /* the profile, opened by MC_LOGIN (else who opened it last) and MC_SECRET */
  MC_NEEDS_PERSON, /* the same, and the person works there */
} McVerbNeeds;

/** McVerb: a verb of the command line. */
typedef struct
{
  const char *name;
  const char *arguments; /* as the help shows them */
  int min, max;          /* how many arguments */
  McVerbNeeds needs;
  /* Returns %FALSE with @error set; the exit code comes from the error. */
  gboolean (*run) (McCtl *ctl, int argc, char **argv, GError **error);
} McVerb;

/** mc_ctl_main: parses the command line, runs the verb. Returns: the exit code */
int mc_ctl_main (int argc, char **argv);

/** mc_ctl_print: an object as one line of JSON, or as "key  value" lines. Takes @object. */
void mc_ctl_print (McCtl *ctl, json_t *object);
/** mc_ctl_print_all: an array: one JSON array, or one row a line. Takes @array. */
void mc_ctl_print_all (McCtl *ctl, json_t *array);
/** mc_ctl_secret: one line of standard input without its newline. Returns: (transfer full) */
char *mc_ctl_secret (void);

/** mc_ctl_let_in: @ctl->arrival by MC_LOGIN and MC_SECRET. */
gboolean mc_ctl_let_in (McCtl *ctl, GError **error);
/** mc_ctl_open: opens the store for @ctl->arrival, and the desk where they work. */
gboolean mc_ctl_open (McCtl *ctl, GError **error);
/** mc_ctl_close: the store and the desk. */
void mc_ctl_close (McCtl *ctl);

gboolean mc_ctl_enrol (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_activate (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_people (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_login (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_sync (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_seed (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_receive (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_set (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_step (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_moved (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_promise (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_attach (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_settle (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_fee (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_waiting (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_refused (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_resend (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_aside (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_notices (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_transfer (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_export (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_carry (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_handover (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_removed (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_drafts (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_list (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_show (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_conflicts (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_ops (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_check (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_register (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_printed (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_backup (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_restore (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_scrub (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_rekey (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_rebuild (McCtl *ctl, int argc, char **argv, GError **error);
gboolean mc_ctl_print_form (McCtl *ctl, int argc, char **argv, GError **error);

G_END_DECLS
