/* SPDX-License-Identifier: GPL-3.0-or-later */
void
f (void)
{
  goto end;
end:
  return;
}
