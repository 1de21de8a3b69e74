--
-- PostgreSQL database dump
--

\restrict FILLtSvfyLdm2U2Jwm6c2buyXKrhaGZQDAP2LaZA49l5UpEoPyhS7Cf8vCDYRxs

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

INSERT INTO public.agents (id, email, password_hash, admin, created_at) VALUES ('6b0038ffcaf3c4f60b4fbefc', 'admin@example.com', '$argon2id$v=19$m=19456,t=2,p=1$tt406Dv2AJUGn14OSDFPDw$PuGEy+098zHSsI/LqQkMg0NVpb37vVENETC3UDK73ro', false, 1795176703474833);


--
-- Data for Name: app_hosts; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: apps; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.apps (id, ordinal, integration_id, name, portal, seats, seats_used, last_user_number, settings, created_at) VALUES ('6b0038ff5b0633853ae7e9d8', 1, '6b0038ff55f49baa1940c1fb', 'Test', NULL, NULL, 4, 5, '{"anonymous":true,"email_login":false,"require_exp":false,"max_token_age_micros":0,"one_time_codes":false,"link_by_email":false,"time_zone":"UTC","retention_micros":0}', 1795176703328123);


--
-- Data for Name: audits; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.audits (app_id, "position", at, actor, action, target, detail) VALUES ('6b0038ff5b0633853ae7e9d8', 1, 1795176703328123, 'test', 'app.create', '6b0038ff5b0633853ae7e9d8', '{"name":"Test"}');
INSERT INTO public.audits (app_id, "position", at, actor, action, target, detail) VALUES ('6b0038ff5b0633853ae7e9d8', 2, 1795176703343635, 'test', 'key.create', 'app_6b0038ff974a9fb8e9481c91', '{"uses":"[api sdk]"}');
INSERT INTO public.audits (app_id, "position", at, actor, action, target, detail) VALUES ('6b0038ff5b0633853ae7e9d8', 3, 1795176703372830, 'test', 'key.create', 'app_6b0038ff293caf25892cbe7f', '{"uses":"[jsm]"}');
INSERT INTO public.audits (app_id, "position", at, actor, action, target, detail) VALUES ('6b0038ff5b0633853ae7e9d8', 4, 1795176703391596, 'test', 'key.create', 'app_6b0038ffc9dedd243752d16d', '{"uses":"[code]"}');
INSERT INTO public.audits (app_id, "position", at, actor, action, target, detail) VALUES ('', 5, 1795176703474833, 'test', 'agent.create', '6b0038ffcaf3c4f60b4fbefc', '');


--
-- Data for Name: changes; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.changes (conversation_id, number, app_id, kind, message_id, message_number, user_id, read_by, read_number, read_at, at) VALUES ('6b0038ffd036a399d9ddd25f', 5, '6b0038ff5b0633853ae7e9d8', 'message:removed', '6b0038ffdfdae479c0d157d5', 4, '', '', 0, 0, 1795176703432710);
INSERT INTO public.changes (conversation_id, number, app_id, kind, message_id, message_number, user_id, read_by, read_number, read_at, at) VALUES ('6b0038ffd036a399d9ddd25f', 7, '6b0038ff5b0633853ae7e9d8', 'read', '', 0, '', 'business', 5, 1795176703441062, 1795176703441062);
INSERT INTO public.changes (conversation_id, number, app_id, kind, message_id, message_number, user_id, read_by, read_number, read_at, at) VALUES ('6b0038ff9ccefa6be914399c', 5, '6b0038ff5b0633853ae7e9d8', 'message:removed', '6b0038ff0ac194b3b0eedd35', 4, '', '', 0, 0, 1795176703453901);
INSERT INTO public.changes (conversation_id, number, app_id, kind, message_id, message_number, user_id, read_by, read_number, read_at, at) VALUES ('6b0038ff9ccefa6be914399c', 7, '6b0038ff5b0633853ae7e9d8', 'read', '', 0, '', 'business', 5, 1795176703461318, 1795176703461318);


--
-- Data for Name: clients; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.clients (id, app_id, user_id, platform, name, locale, time_zone, info, last_seen_at, created_at) VALUES ('6b0038ff3c1ee6e324071182', '6b0038ff5b0633853ae7e9d8', '6b0038ffca70ba0e8c313923', 'web', '', 'pt', '', '{"page":"/"}', 1795176703406260, 1795176703406260);
INSERT INTO public.clients (id, app_id, user_id, platform, name, locale, time_zone, info, last_seen_at, created_at) VALUES ('6b0038ff43d31da214e1e8bf', '6b0038ff5b0633853ae7e9d8', '6b0038ff185e303240a105dc', 'web', '', '', '', '', 1795176703409952, 1795176703409952);
INSERT INTO public.clients (id, app_id, user_id, platform, name, locale, time_zone, info, last_seen_at, created_at) VALUES ('6b0038ff05fba09f2b69752b', '6b0038ff5b0633853ae7e9d8', '6b0038ffb44ae14b3a4082a4', 'web', '', '', '', '', 1795176703412881, 1795176703412881);
INSERT INTO public.clients (id, app_id, user_id, platform, name, locale, time_zone, info, last_seen_at, created_at) VALUES ('6b0038ff5c7854b48909a314', '6b0038ff5b0633853ae7e9d8', '6b0038ff938bfd9693b28dad', 'web', '', '', '', '', 1795176703414536, 1795176703414536);


--
-- Data for Name: conversations; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.conversations (id, app_id, type, last_number, change, business_read_number, business_read_at, last_message_at, active_at, active_hour, created_at, document) VALUES ('6b0038ffd036a399d9ddd25f', '6b0038ff5b0633853ae7e9d8', 'personal', 5, 7, 5, 1795176703441062, 1795176703436717, 1795176703436717, 498660, 1795176703418392, '{"display_name":"Order 7","metadata":{"order":7}}');
INSERT INTO public.conversations (id, app_id, type, last_number, change, business_read_number, business_read_at, last_message_at, active_at, active_hour, created_at, document) VALUES ('6b0038ff9ccefa6be914399c', '6b0038ff5b0633853ae7e9d8', 'sdkGroup', 5, 7, 5, 1795176703461318, 1795176703455805, 1795176703455805, 498660, 1795176703444709, '');


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

INSERT INTO public.events ("position", app_id, kind, at, document) VALUES (1, '6b0038ff5b0633853ae7e9d8', 'app:update', 1795176703328123, '{}');
INSERT INTO public.events ("position", app_id, kind, at, document) VALUES (2, '6b0038ff5b0633853ae7e9d8', 'key:update', 1795176703343635, '{"key":"app_6b0038ff974a9fb8e9481c91"}');
INSERT INTO public.events ("position", app_id, kind, at, document) VALUES (3, '6b0038ff5b0633853ae7e9d8', 'key:update', 1795176703372830, '{"key":"app_6b0038ff293caf25892cbe7f"}');
INSERT INTO public.events ("position", app_id, kind, at, document) VALUES (4, '6b0038ff5b0633853ae7e9d8', 'key:update', 1795176703391596, '{"key":"app_6b0038ffc9dedd243752d16d"}');
INSERT INTO public.events ("position", app_id, kind, at, document) VALUES (5, '6b0038ff5b0633853ae7e9d8', 'user:update', 1795176703415754, '{"user":"6b0038ff5da9e33d4d697b54"}');


--
-- Data for Name: former_participants; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: identities; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.identities (app_id, kind, value, user_id, written, verified_by, created_at) VALUES ('6b0038ff5b0633853ae7e9d8', 'email', 'ben@example.com', '6b0038ff185e303240a105dc', 'ben@example.com', 'token', 1795176703409952);
INSERT INTO public.identities (app_id, kind, value, user_id, written, verified_by, created_at) VALUES ('6b0038ff5b0633853ae7e9d8', 'email', 'eve@example.com', '6b0038ffb44ae14b3a4082a4', 'eve@example.com', 'token', 1795176703412881);


--
-- Data for Name: identity_conflicts; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.identity_conflicts (id, app_id, user_id, owner_id, kind, value, created_at) VALUES ('6b0038ff9aef0a7d977166b8', '6b0038ff5b0633853ae7e9d8', '6b0038ff5da9e33d4d697b54', '6b0038ff185e303240a105dc', 'email', 'ben@example.com', 1795176703415754);


--
-- Data for Name: keys; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.keys (id, app_id, name, uses, alg, sealed, secret_hash, imported, weak, not_before, not_after, revoked_at, last_used_at, created_at) VALUES ('app_6b0038ffc9dedd243752d16d', '6b0038ff5b0633853ae7e9d8', '', 'code', 'HS256', '\x0118a66c8e45bc54625451014c70dc1a6073d8299f1914e84fb7873082879cbac8bd8a09490ce332b505c966d2e4d7d9fcbf989596824965aba76a4897173bc1a25f3dd5b05922927dcb6e0b0aac33d8', '\xba50a9db6a9f2819f216ad7c132acc790a4933b8efa4d3a1f7fd63b4d58f7176', false, false, 1795176703391596, 0, 0, 0, 1795176703391596);
INSERT INTO public.keys (id, app_id, name, uses, alg, sealed, secret_hash, imported, weak, not_before, not_after, revoked_at, last_used_at, created_at) VALUES ('app_6b0038ff974a9fb8e9481c91', '6b0038ff5b0633853ae7e9d8', '', 'api sdk', 'HS256', '\x0118a66c8e45bc5462c60c49667c41a61c1c4980ff110b68bd126acafae0bee39776ec237d86800a95cf8b8c130ef1712ad2dfda069fc613bfe4134d9ef0b3555a70b708a02b5f7734a18a4b2502fc39', '\xb13b8b00570bcbe16fd8e2b0d5663544f22c5dac2ff6e52689ec9d2f98e99da5', false, false, 1795176703343635, 0, 0, 1795176703540904, 1795176703343635);
INSERT INTO public.keys (id, app_id, name, uses, alg, sealed, secret_hash, imported, weak, not_before, not_after, revoked_at, last_used_at, created_at) VALUES ('app_6b0038ff293caf25892cbe7f', '6b0038ff5b0633853ae7e9d8', '', 'jsm', 'HS256', '\x0118a66c8e45bc5462a9bf160b6ce5d1110d8d2a765ae3faa49df902d2ed08f90950e7b06209ed503a1fecd5975c2220b56a12a97ee95d07edbd69f42225988a4822633d48fba811aa9887acb39a46c7', '\xf602247e2f4ecadc712fa7d7a728187a68b37bb828ca93711ddbf1ce6e2cb2f2', false, false, 1795176703372830, 0, 0, 1795176703412566, 1795176703372830);


--
-- Data for Name: messages; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.messages (conversation_id, number, id, app_id, change, author_id, client_id, client_message_id, received_at, deleted, document) VALUES ('6b0038ffd036a399d9ddd25f', 1, '6b0038ffd82ca7c4b2545a66', '6b0038ff5b0633853ae7e9d8', 1, '6b0038ffca70ba0e8c313923', '', '', 1795176703422849, false, '{"type":"text","text":"message 0 ✓","author":"user","origin":"api:conversations","metadata":{"i":0}}');
INSERT INTO public.messages (conversation_id, number, id, app_id, change, author_id, client_id, client_message_id, received_at, deleted, document) VALUES ('6b0038ffd036a399d9ddd25f', 2, '6b0038ffcfde4bd848094c1e', '6b0038ff5b0633853ae7e9d8', 2, '', '', '', 1795176703424306, false, '{"type":"text","text":"message 1 ✓","author":"business","name":"Shop","origin":"api:conversations","metadata":{"i":1}}');
INSERT INTO public.messages (conversation_id, number, id, app_id, change, author_id, client_id, client_message_id, received_at, deleted, document) VALUES ('6b0038ffd036a399d9ddd25f', 3, '6b0038ffe879503b34df8de9', '6b0038ff5b0633853ae7e9d8', 3, '6b0038ffca70ba0e8c313923', '', '', 1795176703425359, false, '{"type":"text","text":"message 2 ✓","author":"user","origin":"api:conversations","metadata":{"i":2}}');
INSERT INTO public.messages (conversation_id, number, id, app_id, change, author_id, client_id, client_message_id, received_at, deleted, document) VALUES ('6b0038ffd036a399d9ddd25f', 4, '6b0038ffdfdae479c0d157d5', '6b0038ff5b0633853ae7e9d8', 4, '', '', '', 1795176703428734, true, '');
INSERT INTO public.messages (conversation_id, number, id, app_id, change, author_id, client_id, client_message_id, received_at, deleted, document) VALUES ('6b0038ffd036a399d9ddd25f', 5, '6b0038ff450c9e07d92255da', '6b0038ff5b0633853ae7e9d8', 6, '6b0038ffca70ba0e8c313923', '', '', 1795176703436717, false, '{"type":"text","text":"message 4 ✓","author":"user","origin":"api:conversations","metadata":{"i":4}}');
INSERT INTO public.messages (conversation_id, number, id, app_id, change, author_id, client_id, client_message_id, received_at, deleted, document) VALUES ('6b0038ff9ccefa6be914399c', 1, '6b0038ffc4deb38213fd2e89', '6b0038ff5b0633853ae7e9d8', 1, '6b0038ffca70ba0e8c313923', '', '', 1795176703448112, false, '{"type":"text","text":"message 0 ✓","author":"user","origin":"api:conversations","metadata":{"i":0}}');
INSERT INTO public.messages (conversation_id, number, id, app_id, change, author_id, client_id, client_message_id, received_at, deleted, document) VALUES ('6b0038ff9ccefa6be914399c', 2, '6b0038ffc494260c96aef05d', '6b0038ff5b0633853ae7e9d8', 2, '', '', '', 1795176703449503, false, '{"type":"text","text":"message 1 ✓","author":"business","name":"Shop","origin":"api:conversations","metadata":{"i":1}}');
INSERT INTO public.messages (conversation_id, number, id, app_id, change, author_id, client_id, client_message_id, received_at, deleted, document) VALUES ('6b0038ff9ccefa6be914399c', 3, '6b0038ffeeb13415b093f732', '6b0038ff5b0633853ae7e9d8', 3, '6b0038ffca70ba0e8c313923', '', '', 1795176703450942, false, '{"type":"text","text":"message 2 ✓","author":"user","origin":"api:conversations","metadata":{"i":2}}');
INSERT INTO public.messages (conversation_id, number, id, app_id, change, author_id, client_id, client_message_id, received_at, deleted, document) VALUES ('6b0038ff9ccefa6be914399c', 4, '6b0038ff0ac194b3b0eedd35', '6b0038ff5b0633853ae7e9d8', 4, '', '', '', 1795176703452286, true, '');
INSERT INTO public.messages (conversation_id, number, id, app_id, change, author_id, client_id, client_message_id, received_at, deleted, document) VALUES ('6b0038ff9ccefa6be914399c', 5, '6b0038ff01c4f4b0389b3311', '6b0038ff5b0633853ae7e9d8', 6, '6b0038ffca70ba0e8c313923', '', '', 1795176703455805, false, '{"type":"text","text":"message 4 ✓","author":"user","origin":"api:conversations","metadata":{"i":4}}');


--
-- Data for Name: participants; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.participants (conversation_id, ordinal, id, app_id, user_id, joined_at, is_default, read_number, read_at, active_hour) VALUES ('6b0038ffd036a399d9ddd25f', 1, '6b0038ff2290a3dac79cd819', '6b0038ff5b0633853ae7e9d8', '6b0038ffca70ba0e8c313923', 1795176703418392, true, 0, 0, 498660);
INSERT INTO public.participants (conversation_id, ordinal, id, app_id, user_id, joined_at, is_default, read_number, read_at, active_hour) VALUES ('6b0038ff9ccefa6be914399c', 1, '6b0038ffb875b92af66cc74c', '6b0038ff5b0633853ae7e9d8', '6b0038ffca70ba0e8c313923', 1795176703444709, false, 0, 0, 498660);
INSERT INTO public.participants (conversation_id, ordinal, id, app_id, user_id, joined_at, is_default, read_number, read_at, active_hour) VALUES ('6b0038ff9ccefa6be914399c', 2, '6b0038ff83bd34062db58dec', '6b0038ff5b0633853ae7e9d8', '6b0038ff5da9e33d4d697b54', 1795176703444709, false, 0, 0, 498660);


--
-- Data for Name: schema_versions; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.schema_versions (id, version_id, is_applied, tstamp) VALUES (1, 0, true, '2026-11-20 12:11:43.120351');
INSERT INTO public.schema_versions (id, version_id, is_applied, tstamp) VALUES (2, 1, true, '2026-11-20 12:11:43.129026');


--
-- Data for Name: sessions; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.sessions (id, app_id, hash, user_id, client_id, key_id, door, assurance, anonymous, idle_for, expires_at, last_used_at, created_at) VALUES ('6b0038fff1f50d1947c34e12', '6b0038ff5b0633853ae7e9d8', '\x1cb91047aa96ed1904152092ca0908a1c0674c1667d4666be3837e18ca2d2a4a', '6b0038ffca70ba0e8c313923', '6b0038ff3c1ee6e324071182', 'app_6b0038ff974a9fb8e9481c91', 'sdk', 'signed', false, 0, 1795180303000000, 1795176703406260, 1795176703406260);
INSERT INTO public.sessions (id, app_id, hash, user_id, client_id, key_id, door, assurance, anonymous, idle_for, expires_at, last_used_at, created_at) VALUES ('6b0038ffa586950e892591e1', '6b0038ff5b0633853ae7e9d8', '\xe5814b60f18d30563c69d248ee9d47668f2b60f22c1808d8f43666b5fa78e532', '6b0038ff185e303240a105dc', '6b0038ff43d31da214e1e8bf', 'app_6b0038ff974a9fb8e9481c91', 'sdk', 'signed', false, 2592000000000, 1802952703409952, 1795176703409952, 1795176703409952);
INSERT INTO public.sessions (id, app_id, hash, user_id, client_id, key_id, door, assurance, anonymous, idle_for, expires_at, last_used_at, created_at) VALUES ('6b0038ff16ddb1cded2c0ecb', '6b0038ff5b0633853ae7e9d8', '\xbdbd7d0b0c823bcb38cc8dc520b025e1d7f68fc25c1282fa0b0f56e37fc581aa', '6b0038ffb44ae14b3a4082a4', '6b0038ff05fba09f2b69752b', 'app_6b0038ff293caf25892cbe7f', 'jsm', 'signed', false, 43200000000, 1797768703412881, 1795176703412881, 1795176703412881);
INSERT INTO public.sessions (id, app_id, hash, user_id, client_id, key_id, door, assurance, anonymous, idle_for, expires_at, last_used_at, created_at) VALUES ('6b0038ff356c2a01b02078b6', '6b0038ff5b0633853ae7e9d8', '\xab6213b790e158a3236c5728f873ce8e575146eba2186074399ebbd9ec457f9b', '6b0038ff938bfd9693b28dad', '6b0038ff5c7854b48909a314', '', '', 'anonymous', true, 7776000000000, 1889784703414536, 1795176703414536, 1795176703414536);


--
-- Data for Name: used_codes; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: user_aliases; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: users; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.users (id, app_id, number, external_id, external_id_hash, source, given_name, surname, email, avatar_url, locale, metadata, attributes, seat, signed_up_at, created_at, last_seen_at, tokens_valid_after, blocked_at, change) VALUES ('6b0038ff185e303240a105dc', '6b0038ff5b0633853ae7e9d8', 2, 'ü/+ ben', '\x1068cf54788facb8f47ae41bb284d59fe5f134dd0591c8abceec8ff85e595fbe', 'sdk', 'Ben', '', 'ben@example.com', '', '', '', '', true, 1795176703409952, 1795176703409952, 1795176703409952, 0, 0, 0);
INSERT INTO public.users (id, app_id, number, external_id, external_id_hash, source, given_name, surname, email, avatar_url, locale, metadata, attributes, seat, signed_up_at, created_at, last_seen_at, tokens_valid_after, blocked_at, change) VALUES ('6b0038ffb44ae14b3a4082a4', '6b0038ff5b0633853ae7e9d8', 3, '', NULL, 'jsm', 'Eve', '', 'eve@example.com', '', '', '', '', true, 1795176703412881, 1795176703412881, 1795176703412881, 0, 0, 0);
INSERT INTO public.users (id, app_id, number, external_id, external_id_hash, source, given_name, surname, email, avatar_url, locale, metadata, attributes, seat, signed_up_at, created_at, last_seen_at, tokens_valid_after, blocked_at, change) VALUES ('6b0038ff938bfd9693b28dad', '6b0038ff5b0633853ae7e9d8', 4, '', NULL, 'anonymous', '', '', '', '', '', '', '', false, 1795176703414536, 1795176703414536, 1795176703414536, 0, 0, 0);
INSERT INTO public.users (id, app_id, number, external_id, external_id_hash, source, given_name, surname, email, avatar_url, locale, metadata, attributes, seat, signed_up_at, created_at, last_seen_at, tokens_valid_after, blocked_at, change) VALUES ('6b0038ffca70ba0e8c313923', '6b0038ff5b0633853ae7e9d8', 1, 'u-ana', '\x030daa40b2979853b5c8198e13373506d1db96c881fbc28f7ea791eb8ad1392d', 'sdk', '', '', '', '', '', '', '', true, 1795176703406260, 1795176703406260, 1795176703406260, 0, 0, 2);
INSERT INTO public.users (id, app_id, number, external_id, external_id_hash, source, given_name, surname, email, avatar_url, locale, metadata, attributes, seat, signed_up_at, created_at, last_seen_at, tokens_valid_after, blocked_at, change) VALUES ('6b0038ff5da9e33d4d697b54', '6b0038ff5b0633853ae7e9d8', 5, 'rest-1', '\x104162a0c1cef35386b3a1403e2f4fc2f4bd75b5339e4cc001e4caaf79891cc9', 'api', 'Zoë', '', 'BEN@example.com', '', '', '{"plan":"gold","n":1.5,"b":true}', '', true, 1795176703415754, 1795176703415754, 1795176703415754, 0, 0, 1);


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

\unrestrict FILLtSvfyLdm2U2Jwm6c2buyXKrhaGZQDAP2LaZA49l5UpEoPyhS7Cf8vCDYRxs

