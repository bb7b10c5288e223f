#include "faces.h"

/* An invitation lasts a minute; this is only so that no number of seconds overflows the clock. */
#define OPEN_MAX_SECONDS 2000000u

void faces_start(struct faces *faces)
{
    faces->open = 0;
    faces->thanks = 0;
    faces->open_from = faces->open_ms = faces->thanks_from = 0;
}

void faces_open(struct faces *faces, uint32_t seconds, uint32_t now)
{
    faces->open = 1;
    faces->open_from = now;
    faces->open_ms = (seconds > OPEN_MAX_SECONDS ? OPEN_MAX_SECONDS : seconds) * 1000u;
}

void faces_close(struct faces *faces)
{
    faces->open = 0;
}

void faces_thank(struct faces *faces, uint8_t level, uint32_t now)
{
    faces->thanks = level;
    faces->thanks_from = now;
}

uint8_t faces_show(struct faces *faces, bool full, uint32_t now)
{
    if (faces->open && now - faces->open_from >= faces->open_ms)
        faces->open = 0;
    uint32_t thanked = now - faces->thanks_from;
    if (faces->thanks && thanked >= THANKS_MS)
        faces->thanks = 0;

    if (full)
        return now / FULL_HALF_MS & 1 ? 0 : FACES_ALL;
    if (faces->thanks) {
        uint8_t lamp = thanked / THANKS_HALF_MS & 1 ? 0 : (uint8_t)(1 << (faces->thanks - 1));
        return thanked < BEEP_MS ? lamp | BUZZER : lamp;
    }
    return faces->open ? FACES_ALL : 0;
}
