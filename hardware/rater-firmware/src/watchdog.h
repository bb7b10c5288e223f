#pragma once

/* 'P'ower, 'E'xternal, 'B'rown-out or 'W'atchdog. */
char watchdog_reset_cause(void);
void watchdog_feed(void);
