/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-receipt-data.h"

static void
part_free (gpointer data)
{
  McReceiptPart *part = data;

  g_free (part->name);
  g_free (part);
}

static void
child_free (gpointer data)
{
  McReceiptChild *child = data;

  g_free (child->title);
  g_free (child->answer);
  g_free (child);
}

McReceiptData *
mc_receipt_data_new (void)
{
  McReceiptData *data = g_new0 (McReceiptData, 1);

  data->head = mc_letterhead_new (NULL);
  data->parts = g_ptr_array_new_with_free_func (part_free);
  data->children = g_ptr_array_new_with_free_func (child_free);
  return data;
}

void
mc_receipt_data_free (McReceiptData *data)
{
  if (data == NULL)
    return;
  mc_letterhead_free (data->head);
  g_ptr_array_unref (data->parts);
  g_ptr_array_unref (data->children);
  g_free (data->date);
  g_free (data->code);
  g_free (data->applicant);
  g_free (data->identity);
  g_free (data->address);
  g_free (data->phone);
  g_free (data->email);
  g_free (data->principal);
  g_free (data->principal_identity);
  g_free (data->principal_address);
  g_free (data->principal_phone);
  g_free (data->principal_email);
  g_free (data->mandate);
  g_free (data->hander);
  g_free (data->request);
  g_free (data->sets);
  g_free (data->term);
  g_free (data->received);
  g_free (data->promised);
  g_free (data->pickup);
  g_free (data->clerk);
  g_free (data->book);
  g_free (data->ordinal);
  g_free (data->pages);
  g_free (data->copies);
  g_free (data->fee);
  g_clear_pointer (&data->together, g_ptr_array_unref);
  g_free (data);
}

void
mc_receipt_data_add_part (McReceiptData *data,
                          const char *name,
                          int originals,
                          int certified,
                          int photocopies)
{
  McReceiptPart *part;

  g_return_if_fail (data != NULL && name != NULL);

  part = g_new0 (McReceiptPart, 1);
  part->name = g_strdup (name);
  part->originals = originals;
  part->certified = certified;
  part->photocopies = photocopies;
  g_ptr_array_add (data->parts, part);
}

void
mc_receipt_data_add_child (McReceiptData *data, const char *title, const char *answer)
{
  McReceiptChild *child;

  g_return_if_fail (data != NULL && title != NULL && answer != NULL);

  child = g_new0 (McReceiptChild, 1);
  child->title = g_strconcat (title, ":", NULL);
  child->answer = g_strdup (answer);
  g_ptr_array_add (data->children, child);
}
