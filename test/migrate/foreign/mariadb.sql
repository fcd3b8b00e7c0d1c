create table parents (
  id int unsigned not null auto_increment primary key,
  code char(3) character set latin1 collate latin1_swedish_ci not null,
  name varchar(100) collate utf8mb4_bin not null default 'it''s',
  unique key code_u (code)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_general_ci comment='par''ents' auto_increment=100;
create table everything (
  id bigint unsigned not null auto_increment,
  t1 tinyint(1) not null default 0, t2 tinyint default -1, t3 tinyint unsigned, s smallint(5) unsigned zerofill, m mediumint, i int(11) default null, i2 integer not null default 7, b bigint,
  flag boolean default true,
  bits bit(1) default b'0', bits8 bit(8) default b'1010',
  d decimal(10,2) default 1.50, du decimal(8,3) unsigned, f float, f2 float(7,3), db double default 0.5, db2 double(10,2) unsigned,
  c char(10) default 'x', v varchar(255) default '', vb varbinary(16), bn binary(16), tt tinytext, tx text default 'hello', mt mediumtext, lt longtext, tb tinyblob, bl blob, mb mediumblob, lb longblob,
  dt date default '2020-01-01', tm time(3), dtm datetime(6) default current_timestamp(6) on update current_timestamp(6), ts timestamp not null default current_timestamp, ts2 timestamp null default null, y year default 2001,
  e enum('a','b''c','d,e') not null default 'a', st set('x','y','z') default 'x,y',
  js json default json_object('a', 1), j2 longtext check (json_valid(j2)),
  g1 int as (i2 * 2) virtual, g2 varchar(300) generated always as (concat(v, '-', i2)) stored, 
  u uuid default uuid(), ip inet6, ip4 inet4,
  pt point, geo geometry not null,
  inv int invisible default 3,
  rnd double default (rand() * 10), ex date default (curdate() + interval 1 day),
  parent_id int unsigned, parent_code char(3) character set latin1 collate latin1_swedish_ci,
  ver int without system versioning,
  primary key (id, i2),
  unique key uk (v(20), c), key k1 (dt desc, t2), fulltext key ft (tx, mt), spatial key sp (geo), key hashy (b) using btree comment 'com',
  key ign (m) ignored,
  constraint fk_p foreign key (parent_id) references parents (id) on delete set null on update cascade,
  constraint fk_c foreign key (parent_code) references parents (code) on delete restrict,
  constraint positive check (d >= 0 and f is not null or e in ('a','d,e')),
  check (t2 between -1 and 100)
) engine=InnoDB row_format=dynamic default charset=utf8mb4 collate=utf8mb4_unicode_ci;
create table myisam_t (a int, b varchar(10), key(b)) engine=MyISAM default charset=latin1;
create table aria_t (a int primary key comment 'no number', b text) engine=Aria;
create table parted (id int not null, d date not null, primary key (id, d)) partition by range (year(d)) (partition p0 values less than (2020), partition p1 values less than maxvalue);
create table sysv (id int primary key, x int) with system versioning;
create table period_t (id int, s date, e date, period for app (s, e), unique (id, app without overlaps));
create sequence seq1 start with 100 increment by 10 minvalue 10 maxvalue 10000 cache 5 cycle;
create table useseq (id int not null default nextval(seq1) primary key, `odd ``name` int, `select` varchar(5) default 'sel');
create table selfr (id int primary key auto_increment, p int, foreign key (p) references selfr(id));
create view v1 as select id, v, e, count(*) over () n from everything where t1 = 0 and v like 'a''%';
create algorithm=merge sql security invoker view v2 as select p.id, p.name from parents p where p.name <> 'x' with cascaded check option;
create trigger trg before insert on parents for each row set new.name = upper(new.name);
create function ff(x int) returns int deterministic return x + 1;
create procedure pp() select 1;
