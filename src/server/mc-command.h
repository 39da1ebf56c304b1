/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-province-admin.h"

G_BEGIN_DECLS

/* What motcua-server exits with. */
#define MC_EXIT_DONE 0
#define MC_EXIT_REFUSED 1
#define MC_EXIT_USAGE 2

/** McOptions: what was said on the command line; NULL where it was not. */
typedef struct
{
  char *data;
  char *code;
  char *name;
  char *office;
  char *login;
  char *role;
  char *active;
  char *device;
  char *listen;
  char *portal;
  char *half; /* limits of scans */
  char *desk;
  char *total;
  char *days;
  char *receives;
  gboolean practice;
  gboolean replace;
  gboolean public;
  char **rest; /* what is no option */
} McOptions;

/** McCommand: Returns: an exit code */
typedef int (*McCommandRun) (McProvince *province, const McOptions *options);

/** _mc_usage: says on stderr what is wrong with the command line. Returns: MC_EXIT_USAGE */
int _mc_usage (const char *format, ...) G_GNUC_PRINTF (1, 2);
/** _mc_fail: says on stderr why it was not done. Returns: MC_EXIT_REFUSED */
int _mc_fail (const GError *error);

/* mc-command-office.c */
int _mc_command_office_add (McProvince *province, const McOptions *options);
int _mc_command_staff_add (McProvince *province, const McOptions *options);
int _mc_command_staff_set (McProvince *province, const McOptions *options);
int _mc_command_staff_code (McProvince *province, const McOptions *options);
int _mc_command_invite (McProvince *province, const McOptions *options);
int _mc_command_seed (McProvince *province, const McOptions *options);
int _mc_command_device_list (McProvince *province, const McOptions *options);
int _mc_command_device_suspend (McProvince *province, const McOptions *options);
int _mc_command_device_resume (McProvince *province, const McOptions *options);
int _mc_command_device_public (McProvince *province, const McOptions *options);
int _mc_command_device_private (McProvince *province, const McOptions *options);

/* mc-command-catalogue.c */
int _mc_command_import (McProvince *province, const McOptions *options);

/* mc-command-scans.c */
int _mc_command_scans (McProvince *province, const McOptions *options);

/* mc-command-serve.c */
int _mc_command_serve (McProvince *province, const McOptions *options);
int _mc_command_check (McProvince *province, const McOptions *options);

/** mc_command_main: reads the command line and does what it says. Returns: an exit code */
int mc_command_main (int argc, char **argv);

G_END_DECLS
