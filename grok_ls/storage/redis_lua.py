"""The scripts of the Redis store and the names of its keys.

Numbers are doubles in Lua: whole up to 2**53, which is nine million dollars in nano-dollars. They are written with
``%.0f``, because ``tostring`` turns large ones into ``1e+15``. Every script gets the prefix as ARGV[1], the life of
counters in seconds as ARGV[2], and as ARGV[3] the time, or nothing: then it is the server's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from redis.asyncio import Redis

PREFIX: Final = "{grok-ls}:"
CLOCK_SLACK_S: Final = 86_400


def text_key(key: str) -> str:
    return f"{PREFIX}text:{key}"


def spent_key(counter: str) -> str:
    return f"{PREFIX}spent:{counter}"


async def run(client: Redis, script: str, arguments: list[str]) -> Any:
    """By hash, and in full where the server has forgotten it. The one declared key tells a cluster the node."""
    return await client.register_script(script)(keys=[PREFIX], args=arguments)


# Keys after the prefix.
# Counters: spent:<counter> a number, touched sorted by time, held:<counter> hash of hold to amount.
# Holds: holds sorted by expires_at, made by made_at, hold:<id> hash of at, body, claims.
# Rows: usage sorted by at, bodies hash of id to "at\nbody", lost set of ids.
# Texts: text:<key> "expires_at\nvalue", texts sorted by when they were written.
_COMMON = """
local P, life, now = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
if not now then
  local time = redis.call('TIME')
  now = tonumber(time[1]) + tonumber(time[2]) / 1000000
end
local function number(n) return string.format('%.0f', n) end
local function exact(n) return string.format('%.17g', n) end
local function spend(counter, amount)
  local key = P .. 'spent:' .. counter
  local spent = math.max(0, tonumber(redis.call('GET', key) or '0') + amount)
  redis.call('SET', key, number(spent), 'EX', life)
  -- A counter that is spent on while the clock is behind the rows is no older for that.
  local newest = redis.call('ZREVRANGE', P .. 'usage', 0, 0, 'WITHSCORES')[2]
  redis.call('ZADD', P .. 'touched', exact(math.max(now, tonumber(newest or '0'))), counter)
end
local function level(counter)
  local held = 0
  for _, amount in ipairs(redis.call('HVALS', P .. 'held:' .. counter)) do held = held + tonumber(amount) end
  return tonumber(redis.call('GET', P .. 'spent:' .. counter) or '0'), held
end
local function drop(hold)
  local key = P .. 'hold:' .. hold
  local claims = cjson.decode(redis.call('HGET', key, 'claims') or '[]')
  for i = 1, #claims, 2 do redis.call('HDEL', P .. 'held:' .. claims[i], hold) end
  redis.call('DEL', key)
  redis.call('ZREM', P .. 'holds', hold)
  return claims
end
local function keep(id, at, body)
  redis.call('ZADD', P .. 'usage', at, id)
  redis.call('HSET', P .. 'bodies', id, at .. '\\n' .. body)
end
local function expire()
  local gone = redis.call('ZRANGEBYSCORE', P .. 'holds', '-inf', exact(now))
  for _, hold in ipairs(redis.call('ZRANGEBYSCORE', P .. 'made', '(' .. number(now + SLACK), '+inf')) do
    table.insert(gone, hold)
  end
  for _, hold in ipairs(gone) do
    redis.call('ZREM', P .. 'made', hold)
    local at, body = unpack(redis.call('HMGET', P .. 'hold:' .. hold, 'at', 'body'))
    local claims = drop(hold)
    if at and at ~= '' then
      for i = 1, #claims, 2 do spend(claims[i], tonumber(claims[i + 1])) end
      keep(hold, at, body)
      redis.call('SADD', P .. 'lost', hold)
    end
  end
end
""".replace("SLACK", str(CLOCK_SLACK_S))

# A hold is its id, its life in seconds, and the time and body of its row; then so many claims.
RESERVE = (
    _COMMON
    + """
expire()
local holds, i, count = {}, 4, 0
while i < #ARGV do
  local hold = {id = ARGV[i], life = tonumber(ARGV[i + 1]), at = ARGV[i + 2], body = ARGV[i + 3], claims = {}}
  local last = i + 4 + 3 * tonumber(ARGV[i + 4])
  for c = i + 5, last, 3 do
    local amount, ceiling = tonumber(ARGV[c + 1]), tonumber(ARGV[c + 2])
    local spent, held = level(ARGV[c])
    count = count + 1
    if ceiling >= 0 and amount > 0 and spent + held + amount > ceiling then
      return {count, number(spent), number(held)}
    end
    table.insert(hold.claims, ARGV[c])
    table.insert(hold.claims, ARGV[c + 1])
  end
  table.insert(holds, hold)
  i = last + 1
end
for _, hold in ipairs(holds) do
  for c = 1, #hold.claims, 2 do redis.call('HSET', P .. 'held:' .. hold.claims[c], hold.id, hold.claims[c + 1]) end
  redis.call(
    'HSET', P .. 'hold:' .. hold.id, 'at', hold.at, 'body', hold.body, 'claims', cjson.encode(hold.claims)
  )
  redis.call('ZADD', P .. 'holds', exact(now + hold.life), hold.id)
  redis.call('ZADD', P .. 'made', exact(now), hold.id)
end
local answer = {0}
for _, hold in ipairs(holds) do
  for c = 1, #hold.claims, 2 do
    local spent, held = level(hold.claims[c])
    table.insert(answer, number(spent))
    table.insert(answer, number(held))
  end
end
return answer
"""
)

SETTLE = (
    _COMMON
    + """
local hold, at, body, count = ARGV[4], ARGV[5], ARGV[6], tonumber(ARGV[7])
local from = 8 + 2 * count
local charges = tonumber(ARGV[from])
local was_lost = redis.call('SISMEMBER', P .. 'lost', hold) == 1
local booked = was_lost or not redis.call('ZSCORE', P .. 'usage', hold)
if booked then
  if was_lost then
    redis.call('SREM', P .. 'lost', hold)
    redis.call('ZREM', P .. 'usage', hold)
    redis.call('HDEL', P .. 'bodies', hold)
    for i = 8, from - 1, 2 do spend(ARGV[i], -tonumber(ARGV[i + 1])) end
  end
  drop(hold)
  redis.call('ZREM', P .. 'made', hold)
  for i = from + 1, from + 2 * charges, 2 do spend(ARGV[i], tonumber(ARGV[i + 1])) end
  if at ~= '' then keep(hold, at, body) end
end
local answer, seen = {booked and 1 or 0}, {}
local function tell(counter)
  if seen[counter] then return end
  seen[counter] = true
  local spent, held = level(counter)
  table.insert(answer, number(spent))
  table.insert(answer, number(held))
end
for i = 8, from - 1, 2 do tell(ARGV[i]) end
for i = from + 1, from + 2 * charges, 2 do tell(ARGV[i]) end
return answer
"""
)

LEVELS = (
    _COMMON
    + """
expire()
local answer = {}
for i = 4, #ARGV do
  local spent, held = level(ARGV[i])
  table.insert(answer, number(spent))
  table.insert(answer, number(held))
end
return answer
"""
)

APPEND = (
    _COMMON
    + """
if not redis.call('ZSCORE', P .. 'usage', ARGV[4]) then keep(ARGV[4], ARGV[5], ARGV[6]) end
"""
)

ROWS = (
    _COMMON
    + """
expire()
local answer = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', P .. 'usage', ARGV[4], ARGV[5], 'LIMIT', ARGV[6], ARGV[7])) do
  local body = redis.call('HGET', P .. 'bodies', id)
  local cut = string.find(body, '\\n', 1, true)
  table.insert(answer, id)
  table.insert(answer, string.sub(body, 1, cut - 1))
  table.insert(answer, string.sub(body, cut + 1))
end
return answer
"""
)

# As ``age.believed``.
PRUNE = (
    _COMMON
    + """
local keep, keep_counters, gap = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local at = now
for _ = 1, 2 do
  local day = '(' .. exact(at - at % 86400)
  local earlier = redis.call('ZREVRANGEBYSCORE', P .. 'usage', day, '-inf', 'WITHSCORES', 'LIMIT', 0, 1)
  if not earlier[2] then break end
  if at - tonumber(earlier[2]) > gap then
    now = tonumber(earlier[2])
    break
  end
  at = tonumber(earlier[2])
end
for _, counter in ipairs(redis.call('ZRANGEBYSCORE', P .. 'touched', '-inf', '(' .. exact(now - keep_counters))) do
  if redis.call('EXISTS', P .. 'held:' .. counter) == 0 then
    redis.call('DEL', P .. 'spent:' .. counter)
    redis.call('ZREM', P .. 'touched', counter)
  end
end
local old = redis.call('ZRANGEBYSCORE', P .. 'usage', '-inf', '(' .. exact(now - keep))
for _, id in ipairs(old) do
  redis.call('ZREM', P .. 'usage', id)
  redis.call('HDEL', P .. 'bodies', id)
  redis.call('SREM', P .. 'lost', id)
end
return #old
"""
)

PUT = (
    _COMMON
    + """
local key = P .. 'text:' .. ARGV[4]
local life = tonumber(ARGV[6])
redis.call('SET', key, (life and exact(now + life) or 'inf') .. '\\n' .. ARGV[5])
if life then redis.call('PEXPIRE', key, number(math.max(1, life * 1000))) end
redis.call('ZADD', P .. 'texts', exact(now), ARGV[4])
"""
)

TRIM = (
    _COMMON
    + """
local prefix, most = ARGV[4], tonumber(ARGV[5])
local kept, total, dropped = {}, 0, 0
for _, name in ipairs(redis.call('ZRANGE', P .. 'texts', 0, -1)) do
  if string.sub(name, 1, #prefix) == prefix then
    local key = P .. 'text:' .. name
    local head = redis.call('GETRANGE', key, 0, 63)
    local cut = string.find(head, '\\n', 1, true)
    if not cut or (tonumber(string.sub(head, 1, cut - 1)) or now + 1) <= now then
      redis.call('DEL', key)
      redis.call('ZREM', P .. 'texts', name)
    else
      local size = redis.call('STRLEN', key) - cut
      total = total + size
      table.insert(kept, {name, size})
    end
  end
end
for _, entry in ipairs(kept) do
  if total <= most then break end
  redis.call('DEL', P .. 'text:' .. entry[1])
  redis.call('ZREM', P .. 'texts', entry[1])
  total, dropped = total - entry[2], dropped + 1
end
return dropped
"""
)

PURGE = (
    _COMMON
    + """
local cursor = '0'
repeat
  local found = redis.call('SCAN', cursor, 'MATCH', P .. '*', 'COUNT', 1000)
  cursor = found[1]
  for _, key in ipairs(found[2]) do redis.call('DEL', key) end
until cursor == '0'
"""
)
