/* Preloaded into a program whose serial port is a pseudo-terminal: answers the requests for modem lines, which a pseudo-terminal lacks,
   as a port with a plugged-in device does. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <linux/serial.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ioctl.h>

int ioctl(int file, unsigned long request, ...) {
  static int (*system_ioctl)(int, unsigned long, void *);
  va_list rest;
  va_start(rest, request);
  void *argument = va_arg(rest, void *);
  va_end(rest);
  if (!system_ioctl)
    system_ioctl = (int (*)(int, unsigned long, void *))dlsym(RTLD_NEXT, "ioctl");

  int result = system_ioctl(file, request, argument);
  if (result == 0 || (errno != ENOTTY && errno != EINVAL))
    return result;
  switch (request) {
    case TIOCMGET:
      *(int *)argument = TIOCM_DTR | TIOCM_RTS | TIOCM_CTS | TIOCM_DSR | TIOCM_CAR;
      return 0;
    case TIOCMSET:
    case TIOCMBIS:
    case TIOCMBIC:
      return 0;
    case TIOCGICOUNT:
      memset(argument, 0, sizeof(struct serial_icounter_struct));
      return 0;
    default:
      return result;
  }
}
