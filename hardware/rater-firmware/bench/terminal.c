#define _GNU_SOURCE
#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static void refuse(const char *what)
{
    fprintf(stderr, "rater-bench: %s: %s\n", what, strerror(errno));
    exit(1);
}

/* What TCGETS and TCSETS carry; the bits are those of ioctl_tty(2). */
struct settings {
    unsigned input, output, control, local;
    // cppcheck-suppress unusedStructMember // read and written back as it is
    unsigned char line;
    // cppcheck-suppress unusedStructMember // read and written back as it is
    unsigned char characters[19];
};
enum { SPEED = 0x100F, SPEED_115200 = 0x1002, EIGHT_BITS = 0x30, CAN_READ = 0x80, IGNORE_MODEM_LINES = 0x800, BOTH_QUEUES = 2 };

/* A new pty echoes and edits lines, which no wire does. */
static void make_raw(const struct terminal *terminal)
{
    struct settings settings;
    if (ioctl(terminal->fd, TCGETS, &settings) != 0)
        refuse("the port's settings can not be read");
    settings.input = settings.output = settings.local = 0;
    settings.control &= ~(unsigned)SPEED;
    settings.control |= SPEED_115200 | EIGHT_BITS | CAN_READ | IGNORE_MODEM_LINES;
    if (ioctl(terminal->fd, TCSETS, &settings) != 0)
        refuse("the port's settings can not be written");
}

void terminal_open(struct terminal *terminal, const char *link)
{
    terminal->fd = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    if (terminal->fd < 0 || grantpt(terminal->fd) != 0 || unlockpt(terminal->fd) != 0
        || ptsname_r(terminal->fd, terminal->path, sizeof terminal->path) != 0)
        refuse("no pty");
    make_raw(terminal);
    terminal->open = false;
    terminal->link = link;

    /* A port that was never opened does not look closed: open it once. */
    int other = open(terminal->path, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (other < 0)
        refuse(terminal->path);
    close(other);

    if (link) {
        /* Renamed into place, so that who has the old link in hand never finds none. */
        char fresh[4096];
        if (snprintf(fresh, sizeof fresh, "%s.new", link) >= (int)sizeof fresh)
            refuse(link);
        unlink(fresh);
        if (symlink(terminal->path, fresh) != 0 || rename(fresh, link) != 0)
            refuse(link);
    }
}

void terminal_close(struct terminal *terminal)
{
    if (terminal->link)
        unlink(terminal->link);
    close(terminal->fd);
}

void terminal_look(struct terminal *terminal)
{
    struct pollfd poll_of = { .fd = terminal->fd, .events = POLLIN };
    if (poll(&poll_of, 1, 0) < 0 && errno != EINTR)
        refuse("the port can not be polled");
    bool open = !(poll_of.revents & POLLHUP);
    if (open && !terminal->open)
        make_raw(terminal);
    else if (!open && terminal->open)
        ioctl(terminal->fd, TCFLSH, BOTH_QUEUES);
    terminal->open = open;
}

void terminal_send(const struct terminal *terminal, const uint8_t *bytes, size_t length)
{
    if (!terminal->open)
        return;
    while (length) {
        ssize_t sent = write(terminal->fd, bytes, length);
        if (sent < 0 && errno == EINTR)
            continue;
        /* A reader that does not read loses what comes, as on a wire without flow control. */
        if (sent <= 0)
            return;
        bytes += sent;
        length -= (size_t)sent;
    }
}

size_t terminal_take(const struct terminal *terminal, uint8_t *bytes, size_t room)
{
    if (!terminal->open || room == 0)
        return 0;
    ssize_t taken = read(terminal->fd, bytes, room);
    return taken > 0 ? (size_t)taken : 0;
}
