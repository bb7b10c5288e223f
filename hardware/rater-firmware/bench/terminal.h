#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The master end of a pty: what a program opens at its path is the box's serial port. */
struct terminal {
    int fd;
    bool open; /* someone has the port open */
    char path[64];
    const char *link;
};

/* link may be NULL, or a path that is made a symbolic link to the port. Ends the process with a plain line on failure. */
void terminal_open(struct terminal *terminal, const char *link);
void terminal_close(struct terminal *terminal);

/* Looks who is there; while nobody is, what the box says is lost, as on a wire. */
void terminal_look(struct terminal *terminal);
void terminal_send(const struct terminal *terminal, const uint8_t *bytes, size_t length);
size_t terminal_take(const struct terminal *terminal, uint8_t *bytes, size_t room);
