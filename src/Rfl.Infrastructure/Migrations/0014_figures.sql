-- What the Movement reports (handbook §10), counted by month from the feed of events.
create table monthly_figure (
    month  date    not null,
    figure text    not null,
    count  integer not null,
    constraint monthly_figure_pkey primary key (month, figure)
);
