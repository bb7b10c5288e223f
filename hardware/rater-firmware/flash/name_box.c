#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "layout.h"
#include "records.h"

/* Prints the EEPROM cells that give a box its serial, as Intel hex for avrdude. */
int main(int argc, char **argv)
{
    uint8_t record[SERIAL_MAX + 2] = { 0 };
    const char *serial = argc == 2 ? argv[1] : "";
    size_t length = strlen(serial);
    for (size_t i = 0; i < length; i++)
        if (!isalnum((unsigned char)serial[i]) && serial[i] != '-')
            length = 0;
    if (length < 1 || length > SERIAL_MAX) {
        fprintf(stderr, "A serial is 1 to %d letters, digits and dashes, as in: make name SERIAL=Q3-0001\n", SERIAL_MAX);
        return 1;
    }
    memcpy(record, serial, length);
    record_seal(record, SERIAL_MAX);

    unsigned sum = sizeof record + (SERIAL_AT >> 8) + (SERIAL_AT & 255);
    printf(":%02X%04X00", (unsigned)sizeof record, SERIAL_AT);
    for (size_t i = 0; i < sizeof record; i++) {
        printf("%02X", record[i]);
        sum += record[i];
    }
    printf("%02X\n:00000001FF\n", (0x100 - (sum & 255)) & 255);
    return 0;
}
