--
-- PostgreSQL database dump
--

\restrict L2owYbFeEIpXffVm92jmd2rppbSEeq33NTwMnSoz17OJGnRL6UMJzezXMhWBPqZ

-- Dumped from database version 15.20 (Debian 15.20-0+deb12u1)
-- Dumped by pg_dump version 15.20 (Debian 15.20-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: agents; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.agents (
    id text NOT NULL COLLATE pg_catalog."C",
    email text NOT NULL COLLATE pg_catalog."C",
    password_hash text NOT NULL COLLATE pg_catalog."C",
    admin boolean NOT NULL,
    created_at bigint NOT NULL
);


--
-- Name: app_hosts; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.app_hosts (
    host text NOT NULL COLLATE pg_catalog."C",
    app_id text NOT NULL COLLATE pg_catalog."C"
);


--
-- Name: apps; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.apps (
    id text NOT NULL COLLATE pg_catalog."C",
    ordinal bigint NOT NULL,
    integration_id text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    portal bigint,
    seats bigint,
    seats_used bigint NOT NULL,
    last_user_number bigint NOT NULL,
    settings text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL
);


--
-- Name: audits; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.audits (
    app_id text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    at bigint NOT NULL,
    actor text NOT NULL COLLATE pg_catalog."C",
    action text NOT NULL COLLATE pg_catalog."C",
    target text NOT NULL COLLATE pg_catalog."C",
    detail text NOT NULL COLLATE pg_catalog."C"
);


--
-- Name: changes; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.changes (
    conversation_id text NOT NULL COLLATE pg_catalog."C",
    number bigint NOT NULL,
    app_id text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    message_id text NOT NULL COLLATE pg_catalog."C",
    message_number bigint NOT NULL,
    user_id text NOT NULL COLLATE pg_catalog."C",
    read_by text NOT NULL COLLATE pg_catalog."C",
    read_number bigint NOT NULL,
    read_at bigint NOT NULL,
    at bigint NOT NULL
);


--
-- Name: clients; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.clients (
    id text NOT NULL COLLATE pg_catalog."C",
    app_id text NOT NULL COLLATE pg_catalog."C",
    user_id text NOT NULL COLLATE pg_catalog."C",
    platform text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    locale text NOT NULL COLLATE pg_catalog."C",
    time_zone text NOT NULL COLLATE pg_catalog."C",
    info text NOT NULL COLLATE pg_catalog."C",
    last_seen_at bigint NOT NULL,
    created_at bigint NOT NULL
);


--
-- Name: conversations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.conversations (
    id text NOT NULL COLLATE pg_catalog."C",
    app_id text NOT NULL COLLATE pg_catalog."C",
    type text NOT NULL COLLATE pg_catalog."C",
    last_number bigint NOT NULL,
    change bigint NOT NULL,
    business_read_number bigint NOT NULL,
    business_read_at bigint NOT NULL,
    last_message_at bigint NOT NULL,
    active_at bigint NOT NULL,
    active_hour bigint NOT NULL,
    created_at bigint NOT NULL,
    document text NOT NULL COLLATE pg_catalog."C"
);


--
-- Name: counters; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.counters (
    name text NOT NULL COLLATE pg_catalog."C",
    value bigint NOT NULL
);


--
-- Name: events; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.events (
    "position" bigint NOT NULL,
    app_id text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL,
    document text NOT NULL COLLATE pg_catalog."C"
);


--
-- Name: former_participants; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.former_participants (
    user_id text NOT NULL COLLATE pg_catalog."C",
    conversation_id text NOT NULL COLLATE pg_catalog."C",
    app_id text NOT NULL COLLATE pg_catalog."C"
);


--
-- Name: identities; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.identities (
    app_id text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL COLLATE pg_catalog."C",
    user_id text NOT NULL COLLATE pg_catalog."C",
    written text NOT NULL COLLATE pg_catalog."C",
    verified_by text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL
);


--
-- Name: identity_conflicts; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.identity_conflicts (
    id text NOT NULL COLLATE pg_catalog."C",
    app_id text NOT NULL COLLATE pg_catalog."C",
    user_id text NOT NULL COLLATE pg_catalog."C",
    owner_id text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL
);


--
-- Name: keys; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.keys (
    id text NOT NULL COLLATE pg_catalog."C",
    app_id text COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    uses text NOT NULL COLLATE pg_catalog."C",
    alg text NOT NULL COLLATE pg_catalog."C",
    sealed bytea NOT NULL,
    secret_hash bytea NOT NULL,
    imported boolean NOT NULL,
    weak boolean NOT NULL,
    not_before bigint NOT NULL,
    not_after bigint NOT NULL,
    revoked_at bigint NOT NULL,
    last_used_at bigint NOT NULL,
    created_at bigint NOT NULL
);


--
-- Name: messages; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.messages (
    conversation_id text NOT NULL COLLATE pg_catalog."C",
    number bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    app_id text NOT NULL COLLATE pg_catalog."C",
    change bigint NOT NULL,
    author_id text NOT NULL COLLATE pg_catalog."C",
    client_id text NOT NULL COLLATE pg_catalog."C",
    client_message_id text NOT NULL COLLATE pg_catalog."C",
    received_at bigint NOT NULL,
    deleted boolean NOT NULL,
    document text NOT NULL COLLATE pg_catalog."C"
);


--
-- Name: participants; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.participants (
    conversation_id text NOT NULL COLLATE pg_catalog."C",
    ordinal bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    app_id text NOT NULL COLLATE pg_catalog."C",
    user_id text NOT NULL COLLATE pg_catalog."C",
    joined_at bigint NOT NULL,
    is_default boolean NOT NULL,
    read_number bigint NOT NULL,
    read_at bigint NOT NULL,
    active_hour bigint NOT NULL
);


--
-- Name: schema_versions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.schema_versions (
    id integer NOT NULL,
    version_id bigint NOT NULL,
    is_applied boolean NOT NULL,
    tstamp timestamp without time zone DEFAULT now() NOT NULL
);


--
-- Name: schema_versions_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.schema_versions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.schema_versions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: sessions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sessions (
    id text NOT NULL COLLATE pg_catalog."C",
    app_id text NOT NULL COLLATE pg_catalog."C",
    hash bytea NOT NULL,
    user_id text NOT NULL COLLATE pg_catalog."C",
    client_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    door text NOT NULL COLLATE pg_catalog."C",
    assurance text NOT NULL COLLATE pg_catalog."C",
    anonymous boolean NOT NULL,
    idle_for bigint NOT NULL,
    expires_at bigint NOT NULL,
    last_used_at bigint NOT NULL,
    created_at bigint NOT NULL
);


--
-- Name: used_codes; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.used_codes (
    key_id text NOT NULL COLLATE pg_catalog."C",
    token_hash bytea NOT NULL,
    app_id text NOT NULL COLLATE pg_catalog."C",
    expires_at bigint NOT NULL
);


--
-- Name: user_aliases; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.user_aliases (
    discarded_id text NOT NULL COLLATE pg_catalog."C",
    app_id text NOT NULL COLLATE pg_catalog."C",
    surviving_id text NOT NULL COLLATE pg_catalog."C",
    merged_at bigint NOT NULL
);


--
-- Name: users; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.users (
    id text NOT NULL COLLATE pg_catalog."C",
    app_id text NOT NULL COLLATE pg_catalog."C",
    number bigint NOT NULL,
    external_id text NOT NULL COLLATE pg_catalog."C",
    external_id_hash bytea,
    source text NOT NULL COLLATE pg_catalog."C",
    given_name text NOT NULL COLLATE pg_catalog."C",
    surname text NOT NULL COLLATE pg_catalog."C",
    email text NOT NULL COLLATE pg_catalog."C",
    avatar_url text NOT NULL COLLATE pg_catalog."C",
    locale text NOT NULL COLLATE pg_catalog."C",
    metadata text NOT NULL COLLATE pg_catalog."C",
    attributes text NOT NULL COLLATE pg_catalog."C",
    seat boolean NOT NULL,
    signed_up_at bigint NOT NULL,
    created_at bigint NOT NULL,
    last_seen_at bigint NOT NULL,
    tokens_valid_after bigint NOT NULL,
    blocked_at bigint NOT NULL,
    change bigint NOT NULL
);


--
-- Data for Name: agents; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.agents (id, email, password_hash, admin, created_at) VALUES ('6b0036d0751e663cb8bdc027', 'admin@example.com', '$argon2id$v=19$m=19456,t=2,p=1$XTapVZFZuOCBjbLnvwE9HQ$0ATidOhZoFtkhrJ0dvbAkQVjo7lF/IDoT/IlmfiPLnw', false, 1795176144140561);


--
-- Data for Name: app_hosts; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: apps; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.apps (id, ordinal, integration_id, name, portal, seats, seats_used, last_user_number, settings, created_at) VALUES ('6b0036d0d210f55b9bf4d154', 1, '6b0036d0f32d326f4b0a243b', 'Test', NULL, NULL, 4, 5, '{"anonymous":true,"email_login":false,"require_exp":false,"max_token_age_micros":0,"one_time_codes":false,"link_by_email":false,"time_zone":"UTC","retention_micros":0}', 1795176144037556);


--
-- Data for Name: audits; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.audits (app_id, "position", at, actor, action, target, detail) VALUES ('6b0036d0d210f55b9bf4d154', 1, 1795176144037556, 'test', 'app.create', '6b0036d0d210f55b9bf4d154', '{"name":"Test"}');
INSERT INTO public.audits (app_id, "position", at, actor, action, target, detail) VALUES ('6b0036d0d210f55b9bf4d154', 2, 1795176144045638, 'test', 'key.create', 'app_6b0036d0f4c0936d89def470', '{"uses":"[api sdk]"}');
INSERT INTO public.audits (app_id, "position", at, actor, action, target, detail) VALUES ('6b0036d0d210f55b9bf4d154', 3, 1795176144067275, 'test', 'key.create', 'app_6b0036d0e0bf440f22acd027', '{"uses":"[jsm]"}');
INSERT INTO public.audits (app_id, "position", at, actor, action, target, detail) VALUES ('6b0036d0d210f55b9bf4d154', 4, 1795176144082217, 'test', 'key.create', 'app_6b0036d0360a98096a530e3f', '{"uses":"[code]"}');
INSERT INTO public.audits (app_id, "position", at, actor, action, target, detail) VALUES ('', 5, 1795176144140561, 'test', 'agent.create', '6b0036d0751e663cb8bdc027', '');


--
-- Data for Name: changes; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.changes (conversation_id, number, app_id, kind, message_id, message_number, user_id, read_by, read_number, read_at, at) VALUES ('6b0036d09b7479b1c9dea98c', 5, '6b0036d0d210f55b9bf4d154', 'message:removed', '6b0036d093e8629e8de0112a', 4, '', '', 0, 0, 1795176144117083);
INSERT INTO public.changes (conversation_id, number, app_id, kind, message_id, message_number, user_id, read_by, read_number, read_at, at) VALUES ('6b0036d09b7479b1c9dea98c', 7, '6b0036d0d210f55b9bf4d154', 'read', '', 0, '', 'business', 5, 1795176144120787, 1795176144120787);
INSERT INTO public.changes (conversation_id, number, app_id, kind, message_id, message_number, user_id, read_by, read_number, read_at, at) VALUES ('6b0036d093b0ac0e0d1254cf', 5, '6b0036d0d210f55b9bf4d154', 'message:removed', '6b0036d002135f827c83adee', 4, '', '', 0, 0, 1795176144129646);
INSERT INTO public.changes (conversation_id, number, app_id, kind, message_id, message_number, user_id, read_by, read_number, read_at, at) VALUES ('6b0036d093b0ac0e0d1254cf', 7, '6b0036d0d210f55b9bf4d154', 'read', '', 0, '', 'business', 5, 1795176144132686, 1795176144132686);


--
-- Data for Name: clients; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.clients (id, app_id, user_id, platform, name, locale, time_zone, info, last_seen_at, created_at) VALUES ('6b0036d02508cb13896cda64', '6b0036d0d210f55b9bf4d154', '6b0036d042c1462654fe2709', 'web', '', 'pt', '', '{"page":"/"}', 1795176144092552, 1795176144092552);
INSERT INTO public.clients (id, app_id, user_id, platform, name, locale, time_zone, info, last_seen_at, created_at) VALUES ('6b0036d04bea07f99e17cb44', '6b0036d0d210f55b9bf4d154', '6b0036d011fa34b187e1f685', 'web', '', '', '', '', 1795176144097137, 1795176144097137);
INSERT INTO public.clients (id, app_id, user_id, platform, name, locale, time_zone, info, last_seen_at, created_at) VALUES ('6b0036d05976e837cb7789ad', '6b0036d0d210f55b9bf4d154', '6b0036d060caa3647cfb7262', 'web', '', '', '', '', 1795176144100884, 1795176144100884);
INSERT INTO public.clients (id, app_id, user_id, platform, name, locale, time_zone, info, last_seen_at, created_at) VALUES ('6b0036d08caac7d6a9a05f95', '6b0036d0d210f55b9bf4d154', '6b0036d0fa41db6dad58d1bd', 'web', '', '', '', '', 1795176144102796, 1795176144102796);


--
-- Data for Name: conversations; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.conversations (id, app_id, type, last_number, change, business_read_number, business_read_at, last_message_at, active_at, active_hour, created_at, document) VALUES ('6b0036d09b7479b1c9dea98c', '6b0036d0d210f55b9bf4d154', 'personal', 5, 7, 5, 1795176144120787, 1795176144119195, 1795176144119195, 498660, 1795176144106872, '{"display_name":"Order 7","metadata":{"order":7}}');
INSERT INTO public.conversations (id, app_id, type, last_number, change, business_read_number, business_read_at, last_message_at, active_at, active_hour, created_at, document) VALUES ('6b0036d093b0ac0e0d1254cf', '6b0036d0d210f55b9bf4d154', 'sdkGroup', 5, 7, 5, 1795176144132686, 1795176144130948, 1795176144130948, 498660, 1795176144121737, '');


--
-- Data for Name: counters; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.counters (name, value) VALUES ('ping', 0);
INSERT INTO public.counters (name, value) VALUES ('app', 1);
INSERT INTO public.counters (name, value) VALUES ('event', 5);
INSERT INTO public.counters (name, value) VALUES ('audit', 5);


--
-- Data for Name: events; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.events ("position", app_id, kind, at, document) VALUES (1, '6b0036d0d210f55b9bf4d154', 'app:update', 1795176144037556, '{}');
INSERT INTO public.events ("position", app_id, kind, at, document) VALUES (2, '6b0036d0d210f55b9bf4d154', 'key:update', 1795176144045638, '{"key":"app_6b0036d0f4c0936d89def470"}');
INSERT INTO public.events ("position", app_id, kind, at, document) VALUES (3, '6b0036d0d210f55b9bf4d154', 'key:update', 1795176144067275, '{"key":"app_6b0036d0e0bf440f22acd027"}');
INSERT INTO public.events ("position", app_id, kind, at, document) VALUES (4, '6b0036d0d210f55b9bf4d154', 'key:update', 1795176144082217, '{"key":"app_6b0036d0360a98096a530e3f"}');
INSERT INTO public.events ("position", app_id, kind, at, document) VALUES (5, '6b0036d0d210f55b9bf4d154', 'user:update', 1795176144104232, '{"user":"6b0036d0720c09b353e9f022"}');


--
-- Data for Name: former_participants; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: identities; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.identities (app_id, kind, value, user_id, written, verified_by, created_at) VALUES ('6b0036d0d210f55b9bf4d154', 'email', 'ben@example.com', '6b0036d011fa34b187e1f685', 'ben@example.com', 'token', 1795176144097137);
INSERT INTO public.identities (app_id, kind, value, user_id, written, verified_by, created_at) VALUES ('6b0036d0d210f55b9bf4d154', 'email', 'eve@example.com', '6b0036d060caa3647cfb7262', 'eve@example.com', 'token', 1795176144100884);


--
-- Data for Name: identity_conflicts; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.identity_conflicts (id, app_id, user_id, owner_id, kind, value, created_at) VALUES ('6b0036d03755799533080d99', '6b0036d0d210f55b9bf4d154', '6b0036d0720c09b353e9f022', '6b0036d011fa34b187e1f685', 'email', 'ben@example.com', 1795176144104232);


--
-- Data for Name: keys; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.keys (id, app_id, name, uses, alg, sealed, secret_hash, imported, weak, not_before, not_after, revoked_at, last_used_at, created_at) VALUES ('app_6b0036d0360a98096a530e3f', '6b0036d0d210f55b9bf4d154', '', 'code', 'HS256', '\x0182d4b44c4cb8d9a47c687a2bd61f0f1120d7acf1b8732fe8d9fa41d8f032402294cba6895ee961a3e2320545f4a63191f5e30803baf35fdc8da52c53bd8a85192db63846f3db4201844a8ea982719a', '\x3d09d3c31ee3cee68efd3223d1e72011be7d5b70d593afe012840b157de45822', false, false, 1795176144082217, 0, 0, 0, 1795176144082217);
INSERT INTO public.keys (id, app_id, name, uses, alg, sealed, secret_hash, imported, weak, not_before, not_after, revoked_at, last_used_at, created_at) VALUES ('app_6b0036d0f4c0936d89def470', '6b0036d0d210f55b9bf4d154', '', 'api sdk', 'HS256', '\x0182d4b44c4cb8d9a499a022976cf13dc94bd325c1ffc34f68ee01abbecbf4c646615be72a649e8a9662c90165421bdc78f679bd15ac80c1af22b4b3f0ad6d714990320bf169adee2fdcf7a837b783d3', '\x40c37299bf86c2d70213be8056d90d8657f905ef9ffa57e658fc0f24293dea90', false, false, 1795176144045638, 0, 0, 1795176144195537, 1795176144045638);
INSERT INTO public.keys (id, app_id, name, uses, alg, sealed, secret_hash, imported, weak, not_before, not_after, revoked_at, last_used_at, created_at) VALUES ('app_6b0036d0e0bf440f22acd027', '6b0036d0d210f55b9bf4d154', '', 'jsm', 'HS256', '\x0182d4b44c4cb8d9a4206998c4d1c53e8a37df1898515e7821602d08ddf97c1946c6dd8199c90ccdf4f50f2c9e89dc70e6b9af2bd7d5391c4642d75369077ff65c5099d69e46661d6def92be21b04568', '\x1168da49e05c5caa0f09e1d19895ca50c6d8cc49d3f49e65a6d2df401497d316', false, false, 1795176144067275, 0, 0, 1795176144100428, 1795176144067275);


--
-- Data for Name: messages; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.messages (conversation_id, number, id, app_id, change, author_id, client_id, client_message_id, received_at, deleted, document) VALUES ('6b0036d09b7479b1c9dea98c', 1, '6b0036d057aa5bbff4737e08', '6b0036d0d210f55b9bf4d154', 1, '6b0036d042c1462654fe2709', '', '', 1795176144112501, false, '{"type":"text","text":"message 0 ✓","author":"user","origin":"api:conversations","metadata":{"i":0}}');
INSERT INTO public.messages (conversation_id, number, id, app_id, change, author_id, client_id, client_message_id, received_at, deleted, document) VALUES ('6b0036d09b7479b1c9dea98c', 2, '6b0036d0fdd70976be4b85d2', '6b0036d0d210f55b9bf4d154', 2, '', '', '', 1795176144114037, false, '{"type":"text","text":"message 1 ✓","author":"business","name":"Shop","origin":"api:conversations","metadata":{"i":1}}');
INSERT INTO public.messages (conversation_id, number, id, app_id, change, author_id, client_id, client_message_id, received_at, deleted, document) VALUES ('6b0036d09b7479b1c9dea98c', 3, '6b0036d0455dde6735983814', '6b0036d0d210f55b9bf4d154', 3, '6b0036d042c1462654fe2709', '', '', 1795176144114965, false, '{"type":"text","text":"message 2 ✓","author":"user","origin":"api:conversations","metadata":{"i":2}}');
INSERT INTO public.messages (conversation_id, number, id, app_id, change, author_id, client_id, client_message_id, received_at, deleted, document) VALUES ('6b0036d09b7479b1c9dea98c', 4, '6b0036d093e8629e8de0112a', '6b0036d0d210f55b9bf4d154', 4, '', '', '', 1795176144115962, true, '');
INSERT INTO public.messages (conversation_id, number, id, app_id, change, author_id, client_id, client_message_id, received_at, deleted, document) VALUES ('6b0036d09b7479b1c9dea98c', 5, '6b0036d0090b8537f4099670', '6b0036d0d210f55b9bf4d154', 6, '6b0036d042c1462654fe2709', '', '', 1795176144119195, false, '{"type":"text","text":"message 4 ✓","author":"user","origin":"api:conversations","metadata":{"i":4}}');
INSERT INTO public.messages (conversation_id, number, id, app_id, change, author_id, client_id, client_message_id, received_at, deleted, document) VALUES ('6b0036d093b0ac0e0d1254cf', 1, '6b0036d0ba565b7f77130868', '6b0036d0d210f55b9bf4d154', 1, '6b0036d042c1462654fe2709', '', '', 1795176144125168, false, '{"type":"text","text":"message 0 ✓","author":"user","origin":"api:conversations","metadata":{"i":0}}');
INSERT INTO public.messages (conversation_id, number, id, app_id, change, author_id, client_id, client_message_id, received_at, deleted, document) VALUES ('6b0036d093b0ac0e0d1254cf', 2, '6b0036d0253c4bf3ed41c213', '6b0036d0d210f55b9bf4d154', 2, '', '', '', 1795176144126571, false, '{"type":"text","text":"message 1 ✓","author":"business","name":"Shop","origin":"api:conversations","metadata":{"i":1}}');
INSERT INTO public.messages (conversation_id, number, id, app_id, change, author_id, client_id, client_message_id, received_at, deleted, document) VALUES ('6b0036d093b0ac0e0d1254cf', 3, '6b0036d0ed76b63e0cf3c837', '6b0036d0d210f55b9bf4d154', 3, '6b0036d042c1462654fe2709', '', '', 1795176144127639, false, '{"type":"text","text":"message 2 ✓","author":"user","origin":"api:conversations","metadata":{"i":2}}');
INSERT INTO public.messages (conversation_id, number, id, app_id, change, author_id, client_id, client_message_id, received_at, deleted, document) VALUES ('6b0036d093b0ac0e0d1254cf', 4, '6b0036d002135f827c83adee', '6b0036d0d210f55b9bf4d154', 4, '', '', '', 1795176144128659, true, '');
INSERT INTO public.messages (conversation_id, number, id, app_id, change, author_id, client_id, client_message_id, received_at, deleted, document) VALUES ('6b0036d093b0ac0e0d1254cf', 5, '6b0036d0957abb7584407e54', '6b0036d0d210f55b9bf4d154', 6, '6b0036d042c1462654fe2709', '', '', 1795176144130948, false, '{"type":"text","text":"message 4 ✓","author":"user","origin":"api:conversations","metadata":{"i":4}}');


--
-- Data for Name: participants; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.participants (conversation_id, ordinal, id, app_id, user_id, joined_at, is_default, read_number, read_at, active_hour) VALUES ('6b0036d09b7479b1c9dea98c', 1, '6b0036d0140f045e08fb1962', '6b0036d0d210f55b9bf4d154', '6b0036d042c1462654fe2709', 1795176144106872, true, 0, 0, 498660);
INSERT INTO public.participants (conversation_id, ordinal, id, app_id, user_id, joined_at, is_default, read_number, read_at, active_hour) VALUES ('6b0036d093b0ac0e0d1254cf', 1, '6b0036d0b254e130d8d11234', '6b0036d0d210f55b9bf4d154', '6b0036d042c1462654fe2709', 1795176144121737, false, 0, 0, 498660);
INSERT INTO public.participants (conversation_id, ordinal, id, app_id, user_id, joined_at, is_default, read_number, read_at, active_hour) VALUES ('6b0036d093b0ac0e0d1254cf', 2, '6b0036d07e03ddbfc97c8a63', '6b0036d0d210f55b9bf4d154', '6b0036d0720c09b353e9f022', 1795176144121737, false, 0, 0, 498660);


--
-- Data for Name: schema_versions; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.schema_versions (id, version_id, is_applied, tstamp) VALUES (1, 0, true, '2026-11-20 12:02:23.93176');
INSERT INTO public.schema_versions (id, version_id, is_applied, tstamp) VALUES (2, 1, true, '2026-11-20 12:02:23.937215');


--
-- Data for Name: sessions; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.sessions (id, app_id, hash, user_id, client_id, key_id, door, assurance, anonymous, idle_for, expires_at, last_used_at, created_at) VALUES ('6b0036d0863093d72d84bc1a', '6b0036d0d210f55b9bf4d154', '\x875b81587ff96fe2a1764f68751db1109b8b6affbbfdf8deba7d2fedf29e6821', '6b0036d042c1462654fe2709', '6b0036d02508cb13896cda64', 'app_6b0036d0f4c0936d89def470', 'sdk', 'signed', false, 0, 1795179744000000, 1795176144092552, 1795176144092552);
INSERT INTO public.sessions (id, app_id, hash, user_id, client_id, key_id, door, assurance, anonymous, idle_for, expires_at, last_used_at, created_at) VALUES ('6b0036d0872bc5ad22a1bb5d', '6b0036d0d210f55b9bf4d154', '\x1ad038f5724f78cd8de45c7b932e1bf338baa20839a541c1ba01f947218184fc', '6b0036d011fa34b187e1f685', '6b0036d04bea07f99e17cb44', 'app_6b0036d0f4c0936d89def470', 'sdk', 'signed', false, 2592000000000, 1802952144097137, 1795176144097137, 1795176144097137);
INSERT INTO public.sessions (id, app_id, hash, user_id, client_id, key_id, door, assurance, anonymous, idle_for, expires_at, last_used_at, created_at) VALUES ('6b0036d04f1b1e0ff8b488d5', '6b0036d0d210f55b9bf4d154', '\x8aa5cd361c65c64566c19d8774aa7894b275c470ad9859530c093c1f688eb42c', '6b0036d060caa3647cfb7262', '6b0036d05976e837cb7789ad', 'app_6b0036d0e0bf440f22acd027', 'jsm', 'signed', false, 43200000000, 1797768144100884, 1795176144100884, 1795176144100884);
INSERT INTO public.sessions (id, app_id, hash, user_id, client_id, key_id, door, assurance, anonymous, idle_for, expires_at, last_used_at, created_at) VALUES ('6b0036d0b29e8f89ec9d546d', '6b0036d0d210f55b9bf4d154', '\xd9e8b7f7c7db4d55d5dc1c56fdc81439c74150263b647cdc94c16e498843e654', '6b0036d0fa41db6dad58d1bd', '6b0036d08caac7d6a9a05f95', '', '', 'anonymous', true, 7776000000000, 1889784144102796, 1795176144102796, 1795176144102796);


--
-- Data for Name: used_codes; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: user_aliases; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: users; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.users (id, app_id, number, external_id, external_id_hash, source, given_name, surname, email, avatar_url, locale, metadata, attributes, seat, signed_up_at, created_at, last_seen_at, tokens_valid_after, blocked_at, change) VALUES ('6b0036d011fa34b187e1f685', '6b0036d0d210f55b9bf4d154', 2, 'ü/+ ben', '\x1068cf54788facb8f47ae41bb284d59fe5f134dd0591c8abceec8ff85e595fbe', 'sdk', 'Ben', '', 'ben@example.com', '', '', '', '', true, 1795176144097137, 1795176144097137, 1795176144097137, 0, 0, 0);
INSERT INTO public.users (id, app_id, number, external_id, external_id_hash, source, given_name, surname, email, avatar_url, locale, metadata, attributes, seat, signed_up_at, created_at, last_seen_at, tokens_valid_after, blocked_at, change) VALUES ('6b0036d060caa3647cfb7262', '6b0036d0d210f55b9bf4d154', 3, '', NULL, 'jsm', 'Eve', '', 'eve@example.com', '', '', '', '', true, 1795176144100884, 1795176144100884, 1795176144100884, 0, 0, 0);
INSERT INTO public.users (id, app_id, number, external_id, external_id_hash, source, given_name, surname, email, avatar_url, locale, metadata, attributes, seat, signed_up_at, created_at, last_seen_at, tokens_valid_after, blocked_at, change) VALUES ('6b0036d0fa41db6dad58d1bd', '6b0036d0d210f55b9bf4d154', 4, '', NULL, 'anonymous', '', '', '', '', '', '', '', false, 1795176144102796, 1795176144102796, 1795176144102796, 0, 0, 0);
INSERT INTO public.users (id, app_id, number, external_id, external_id_hash, source, given_name, surname, email, avatar_url, locale, metadata, attributes, seat, signed_up_at, created_at, last_seen_at, tokens_valid_after, blocked_at, change) VALUES ('6b0036d042c1462654fe2709', '6b0036d0d210f55b9bf4d154', 1, 'u-ana', '\x030daa40b2979853b5c8198e13373506d1db96c881fbc28f7ea791eb8ad1392d', 'sdk', '', '', '', '', '', '', '', true, 1795176144092552, 1795176144092552, 1795176144092552, 0, 0, 2);
INSERT INTO public.users (id, app_id, number, external_id, external_id_hash, source, given_name, surname, email, avatar_url, locale, metadata, attributes, seat, signed_up_at, created_at, last_seen_at, tokens_valid_after, blocked_at, change) VALUES ('6b0036d0720c09b353e9f022', '6b0036d0d210f55b9bf4d154', 5, 'rest-1', '\x104162a0c1cef35386b3a1403e2f4fc2f4bd75b5339e4cc001e4caaf79891cc9', 'api', 'Zoë', '', 'BEN@example.com', '', '', '{"plan":"gold","n":1.5,"b":true}', '', true, 1795176144104232, 1795176144104232, 1795176144104232, 0, 0, 1);


--
-- Name: schema_versions_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.schema_versions_id_seq', 2, true);


--
-- Name: agents agents_email_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agents
    ADD CONSTRAINT agents_email_key UNIQUE (email);


--
-- Name: agents agents_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agents
    ADD CONSTRAINT agents_pkey PRIMARY KEY (id);


--
-- Name: app_hosts app_hosts_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.app_hosts
    ADD CONSTRAINT app_hosts_pkey PRIMARY KEY (host);


--
-- Name: apps apps_integration_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.apps
    ADD CONSTRAINT apps_integration_id_key UNIQUE (integration_id);


--
-- Name: apps apps_ordinal_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.apps
    ADD CONSTRAINT apps_ordinal_key UNIQUE (ordinal);


--
-- Name: apps apps_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.apps
    ADD CONSTRAINT apps_pkey PRIMARY KEY (id);


--
-- Name: apps apps_portal_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.apps
    ADD CONSTRAINT apps_portal_key UNIQUE (portal);


--
-- Name: audits audits_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audits
    ADD CONSTRAINT audits_pkey PRIMARY KEY (app_id, "position");


--
-- Name: changes changes_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.changes
    ADD CONSTRAINT changes_pkey PRIMARY KEY (conversation_id, number);


--
-- Name: clients clients_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clients
    ADD CONSTRAINT clients_pkey PRIMARY KEY (id);


--
-- Name: conversations conversations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_pkey PRIMARY KEY (id);


--
-- Name: counters counters_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.counters
    ADD CONSTRAINT counters_pkey PRIMARY KEY (name);


--
-- Name: events events_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_pkey PRIMARY KEY ("position");


--
-- Name: former_participants former_participants_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.former_participants
    ADD CONSTRAINT former_participants_pkey PRIMARY KEY (user_id, conversation_id);


--
-- Name: identities identities_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.identities
    ADD CONSTRAINT identities_pkey PRIMARY KEY (app_id, kind, value);


--
-- Name: identity_conflicts identity_conflicts_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.identity_conflicts
    ADD CONSTRAINT identity_conflicts_pkey PRIMARY KEY (id);


--
-- Name: keys keys_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.keys
    ADD CONSTRAINT keys_pkey PRIMARY KEY (id);


--
-- Name: messages messages_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_pkey PRIMARY KEY (conversation_id, number);


--
-- Name: participants participants_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.participants
    ADD CONSTRAINT participants_pkey PRIMARY KEY (conversation_id, ordinal);


--
-- Name: schema_versions schema_versions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.schema_versions
    ADD CONSTRAINT schema_versions_pkey PRIMARY KEY (id);


--
-- Name: sessions sessions_client_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_client_id_key UNIQUE (client_id);


--
-- Name: sessions sessions_hash_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_hash_key UNIQUE (hash);


--
-- Name: sessions sessions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);


--
-- Name: used_codes used_codes_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.used_codes
    ADD CONSTRAINT used_codes_pkey PRIMARY KEY (key_id, token_hash);


--
-- Name: user_aliases user_aliases_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.user_aliases
    ADD CONSTRAINT user_aliases_pkey PRIMARY KEY (discarded_id);


--
-- Name: users users_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);


--
-- Name: app_hosts_app; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX app_hosts_app ON public.app_hosts USING btree (app_id);


--
-- Name: clients_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clients_user ON public.clients USING btree (user_id);


--
-- Name: conversations_app; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX conversations_app ON public.conversations USING btree (app_id);


--
-- Name: events_app; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX events_app ON public.events USING btree (app_id);


--
-- Name: former_participants_conversation; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX former_participants_conversation ON public.former_participants USING btree (conversation_id);


--
-- Name: identities_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX identities_user ON public.identities USING btree (user_id, kind, value);


--
-- Name: identity_conflicts_newest; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX identity_conflicts_newest ON public.identity_conflicts USING btree (app_id, created_at, id);


--
-- Name: identity_conflicts_once; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX identity_conflicts_once ON public.identity_conflicts USING btree (user_id, owner_id, kind, value);


--
-- Name: identity_conflicts_owner; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX identity_conflicts_owner ON public.identity_conflicts USING btree (owner_id);


--
-- Name: keys_app; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX keys_app ON public.keys USING btree (app_id, created_at, id);


--
-- Name: messages_id; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX messages_id ON public.messages USING btree (id);


--
-- Name: messages_sent; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX messages_sent ON public.messages USING btree (client_id, client_message_id) WHERE (client_message_id <> ''::text);


--
-- Name: participants_active; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX participants_active ON public.participants USING btree (user_id, active_hour);


--
-- Name: participants_default; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX participants_default ON public.participants USING btree (user_id) WHERE is_default;


--
-- Name: participants_id; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX participants_id ON public.participants USING btree (id);


--
-- Name: participants_user; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX participants_user ON public.participants USING btree (user_id, conversation_id);


--
-- Name: sessions_expired; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sessions_expired ON public.sessions USING btree (expires_at);


--
-- Name: sessions_idle; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sessions_idle ON public.sessions USING btree (((last_used_at + idle_for))) WHERE (idle_for > 0);


--
-- Name: sessions_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sessions_key ON public.sessions USING btree (key_id) WHERE (key_id <> ''::text);


--
-- Name: sessions_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sessions_user ON public.sessions USING btree (user_id);


--
-- Name: used_codes_app; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX used_codes_app ON public.used_codes USING btree (app_id);


--
-- Name: used_codes_expired; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX used_codes_expired ON public.used_codes USING btree (expires_at);


--
-- Name: user_aliases_surviving; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX user_aliases_surviving ON public.user_aliases USING btree (surviving_id);


--
-- Name: users_external_id; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX users_external_id ON public.users USING btree (app_id, external_id_hash);


--
-- Name: users_number; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX users_number ON public.users USING btree (app_id, number);


--
-- Name: app_hosts app_hosts_app_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.app_hosts
    ADD CONSTRAINT app_hosts_app_id_fkey FOREIGN KEY (app_id) REFERENCES public.apps(id) ON DELETE CASCADE;


--
-- Name: clients clients_app_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clients
    ADD CONSTRAINT clients_app_id_fkey FOREIGN KEY (app_id) REFERENCES public.apps(id) ON DELETE CASCADE;


--
-- Name: clients clients_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clients
    ADD CONSTRAINT clients_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;


--
-- Name: conversations conversations_app_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_app_id_fkey FOREIGN KEY (app_id) REFERENCES public.apps(id) ON DELETE CASCADE;


--
-- Name: former_participants former_participants_app_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.former_participants
    ADD CONSTRAINT former_participants_app_id_fkey FOREIGN KEY (app_id) REFERENCES public.apps(id) ON DELETE CASCADE;


--
-- Name: former_participants former_participants_conversation_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.former_participants
    ADD CONSTRAINT former_participants_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES public.conversations(id) ON DELETE CASCADE;


--
-- Name: former_participants former_participants_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.former_participants
    ADD CONSTRAINT former_participants_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;


--
-- Name: identities identities_app_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.identities
    ADD CONSTRAINT identities_app_id_fkey FOREIGN KEY (app_id) REFERENCES public.apps(id) ON DELETE CASCADE;


--
-- Name: identities identities_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.identities
    ADD CONSTRAINT identities_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;


--
-- Name: identity_conflicts identity_conflicts_app_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.identity_conflicts
    ADD CONSTRAINT identity_conflicts_app_id_fkey FOREIGN KEY (app_id) REFERENCES public.apps(id) ON DELETE CASCADE;


--
-- Name: identity_conflicts identity_conflicts_owner_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.identity_conflicts
    ADD CONSTRAINT identity_conflicts_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES public.users(id) ON DELETE CASCADE;


--
-- Name: identity_conflicts identity_conflicts_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.identity_conflicts
    ADD CONSTRAINT identity_conflicts_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;


--
-- Name: keys keys_app_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.keys
    ADD CONSTRAINT keys_app_id_fkey FOREIGN KEY (app_id) REFERENCES public.apps(id) ON DELETE CASCADE;


--
-- Name: participants participants_app_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.participants
    ADD CONSTRAINT participants_app_id_fkey FOREIGN KEY (app_id) REFERENCES public.apps(id) ON DELETE CASCADE;


--
-- Name: participants participants_conversation_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.participants
    ADD CONSTRAINT participants_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES public.conversations(id) ON DELETE CASCADE;


--
-- Name: participants participants_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.participants
    ADD CONSTRAINT participants_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;


--
-- Name: sessions sessions_app_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_app_id_fkey FOREIGN KEY (app_id) REFERENCES public.apps(id) ON DELETE CASCADE;


--
-- Name: sessions sessions_client_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id) ON DELETE CASCADE;


--
-- Name: sessions sessions_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;


--
-- Name: used_codes used_codes_app_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.used_codes
    ADD CONSTRAINT used_codes_app_id_fkey FOREIGN KEY (app_id) REFERENCES public.apps(id) ON DELETE CASCADE;


--
-- Name: user_aliases user_aliases_app_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.user_aliases
    ADD CONSTRAINT user_aliases_app_id_fkey FOREIGN KEY (app_id) REFERENCES public.apps(id) ON DELETE CASCADE;


--
-- Name: user_aliases user_aliases_surviving_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.user_aliases
    ADD CONSTRAINT user_aliases_surviving_id_fkey FOREIGN KEY (surviving_id) REFERENCES public.users(id) ON DELETE CASCADE;


--
-- Name: users users_app_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_app_id_fkey FOREIGN KEY (app_id) REFERENCES public.apps(id) ON DELETE CASCADE;


--
-- PostgreSQL database dump complete
--

\unrestrict L2owYbFeEIpXffVm92jmd2rppbSEeq33NTwMnSoz17OJGnRL6UMJzezXMhWBPqZ

