/*
 * A feed as iCalendar text (RFC 5545, RFC 7986): the only form that every measured calendar program reads alike.
 *
 * Each shift is a VEVENT of its own in UTC, without RRULE and VTIMEZONE: programs disagree about both. Equal feeds give equal
 * bytes; every date in the text is the event's own, none is the time of rendering, so an ETag stands until something changed.
 */
#ifndef ICAL_FEED_TEXT_H
#define ICAL_FEED_TEXT_H

#include "rooster/feed.h"

G_BEGIN_DECLS

/*
 * The port FeedRender. A worker's shifts block time and ring two hours ahead; those of a coop or open ones do neither. A feed without
 * events carries one cancelled event of 1970: RFC 5545 asks for a component, and a program that synchronises takes an empty
 * calendar for an accident (vdirsyncer refuses it), while a cancelled event long past shows nowhere.
 * FEED_ERROR_RENDER for an event without uid or without length. Caller frees.
 */
char *ical_feed_render(const Feed *feed, GError **error);

G_END_DECLS

#endif
