/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-command.h"

#include "mc-calendar.h"

int
_mc_command_office_add (McProvince *province, const McOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  if (options->code == NULL || options->name == NULL)
    return _mc_usage ("--code and --name are needed");
  id = options->practice ? mc_province_add_practice (province, options->code, options->name, &error)
                         : mc_province_add_office (province, options->code, options->name, &error);
  if (id == NULL)
    return _mc_fail (error);
  g_print ("%s\n", id);
  return MC_EXIT_DONE;
}

/* What --active says: 1, 0, -1 where it is not said, -2 where it is nonsense. */
static int
read_active (const McOptions *options)
{
  if (options->active == NULL)
    return -1;
  if (g_str_equal (options->active, "yes"))
    return 1;
  return g_str_equal (options->active, "no") ? 0 : -2;
}

/* Fills @change from the command line; an exit code other than MC_EXIT_DONE where that cannot be.
 */
static int
read_change (McProvince *province,
             const McOptions *options,
             McStaffChange *change,
             char **ret_office)
{
  g_autoptr (GError) error = NULL;

  if (options->office == NULL || options->login == NULL)
    return _mc_usage ("--office and --login are needed");
  change->login = options->login;
  change->name = options->name;
  change->role = mc_role_parse (options->role);
  change->active = read_active (options);
  change->receives = options->receives;
  if (options->role != NULL && change->role == MC_ROLE_UNKNOWN)
    return _mc_usage ("no role \"%s\"", options->role);
  if (change->active == -2)
    return _mc_usage ("--active is yes or no");
  *ret_office = mc_province_office (province, options->office, &error);
  change->office = *ret_office;
  return *ret_office != NULL ? MC_EXIT_DONE : _mc_fail (error);
}

int
_mc_command_staff_add (McProvince *province, const McOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *office = NULL;
  g_autofree char *id = NULL;
  McStaffChange change = { 0 };
  int code;

  if (options->name == NULL || options->role == NULL)
    return _mc_usage ("--name and --role are needed");
  code = read_change (province, options, &change, &office);
  if (code != MC_EXIT_DONE)
    return code;
  id = mc_province_add_staff (province, &change, &error);
  if (id == NULL)
    return _mc_fail (error);
  g_print ("%s\n", id);
  return MC_EXIT_DONE;
}

int
_mc_command_staff_set (McProvince *province, const McOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *office = NULL;
  McStaffChange change = { 0 };
  int code = read_change (province, options, &change, &office);

  if (code != MC_EXIT_DONE)
    return code;
  return mc_province_set_staff (province, &change, &error) ? MC_EXIT_DONE : _mc_fail (error);
}

int
_mc_command_staff_code (McProvince *province, const McOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDateTime) until = NULL;
  g_autofree char *office = NULL;
  g_autofree char *code = NULL;
  g_autofree char *day = NULL;
  gint64 until_ms = 0;

  if (options->office == NULL || options->login == NULL)
    return _mc_usage ("--office and --login are needed");
  office = mc_province_office (province, options->office, &error);
  if (office != NULL)
    code = mc_province_staff_code (province, office, options->login, &until_ms, &error);
  if (code == NULL)
    return _mc_fail (error);
  until = mc_local (until_ms);
  day = g_date_time_format (until, "%d/%m/%Y %H:%M");
  g_print ("Activation code of %s, one use, until %s: %s\n", options->login, day, code);
  return MC_EXIT_DONE;
}

int
_mc_command_invite (McProvince *province, const McOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *office = NULL;
  g_autofree char *code = NULL;

  if (options->office == NULL)
    return _mc_usage ("--office is needed");
  office = mc_province_office (province, options->office, &error);
  if (office != NULL)
    code = options->public ? mc_province_invite_public (province, office, &error)
                           : mc_province_invite (province, office, &error);
  if (code == NULL)
    return _mc_fail (error);
  g_print ("Enrolment code of one %sdesk of %s: %s\n",
           options->public ? "public " : "",
           options->office,
           code);
  return MC_EXIT_DONE;
}

int
_mc_command_device_list (McProvince *province, const McOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) devices = mc_province_devices (province, &error);

  if (devices == NULL)
    return _mc_fail (error);
  for (guint i = 0; i < devices->len; i++)
    {
      const McDevice *device = devices->pdata[i];

      g_print ("%s\t%s\t%s\t%s%s\n",
               device->id,
               device->slot,
               device->office,
               device->suspended ? "suspended" : "active",
               device->public ? "\tpublic" : "");
    }
  return MC_EXIT_DONE;
}

static int
suspend (McProvince *province, const McOptions *options, gboolean suspended)
{
  g_autoptr (GError) error = NULL;

  if (options->device == NULL)
    return _mc_usage ("--device is needed");
  return mc_province_suspend (province, options->device, suspended, &error) ? MC_EXIT_DONE
                                                                            : _mc_fail (error);
}

int
_mc_command_device_suspend (McProvince *province, const McOptions *options)
{
  return suspend (province, options, TRUE);
}

int
_mc_command_device_resume (McProvince *province, const McOptions *options)
{
  return suspend (province, options, FALSE);
}

static int
set_public (McProvince *province, const McOptions *options, gboolean public)
{
  g_autoptr (GError) error = NULL;

  if (options->device == NULL)
    return _mc_usage ("--device is needed");
  return mc_province_set_public (province, options->device, public, &error) ? MC_EXIT_DONE
                                                                            : _mc_fail (error);
}

int
_mc_command_device_public (McProvince *province, const McOptions *options)
{
  return set_public (province, options, TRUE);
}

int
_mc_command_device_private (McProvince *province, const McOptions *options)
{
  return set_public (province, options, FALSE);
}

int
_mc_command_seed (McProvince *province, const McOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *office = NULL;
  g_autofree char *code = NULL;
  gint64 count = 0;

  if (options->office == NULL || options->rest == NULL || g_strv_length (options->rest) != 1)
    return _mc_usage ("--office and a file are needed");
  office = mc_province_office (province, options->office, &error);
  if (office != NULL)
    code = mc_province_seed (province, office, options->rest[0], &count, &error);
  if (code == NULL)
    return _mc_fail (error);
  g_printerr ("%" G_GINT64_FORMAT " changes of %s. Tell the code apart from the file; it is kept "
              "nowhere.\n",
              count,
              options->office);
  g_print ("Code of the file: %s\n", code);
  return MC_EXIT_DONE;
}
