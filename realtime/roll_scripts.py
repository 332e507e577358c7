"""What the roll call does in Redis, each step as a whole: nobody sees half of it, and all times are Redis' own."""

from typing import Final

BEAT: Final = """
-- KEYS: workers, life, held, due. ARGV: worker, a name for a new life, seconds that sets are kept.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local life = redis.call('GET', KEYS[2])
if not life then
  life = ARGV[2] .. ':' .. string.format('%d', now)
  redis.call('SET', KEYS[2], life)
end
local enrolled = redis.call('ZSCORE', KEYS[1], ARGV[1])
if enrolled then
  redis.call('ZADD', KEYS[1], now, ARGV[1])
  redis.call('EXPIRE', KEYS[3], ARGV[3])
  redis.call('EXPIRE', KEYS[4], ARGV[3])
end
return {life, string.format('%d', now), enrolled and 1 or 0, redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')}
"""
"""The life of this Redis' data, its time in ms, whether the worker is enrolled, and all workers with their last beats.
"""

TAKE: Final = """
-- KEYS: workers, held and due of the other, due of the taker. ARGV: the other, ms until it counts as dead.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local beaten = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not beaten or now - tonumber(beaten) < tonumber(ARGV[2]) then return {} end
local people = redis.call('SUNION', KEYS[2], KEYS[3])
redis.call('SUNIONSTORE', KEYS[4], KEYS[4], KEYS[2], KEYS[3])
redis.call('DEL', KEYS[2], KEYS[3])
redis.call('ZREM', KEYS[1], ARGV[1])
return people
"""
"""Strikes a dead worker off and makes its people the taker's to count down. Of several who try, one gets them."""

ELSEWHERE: Final = """
-- KEYS: workers. ARGV: the asking worker, what keys begin with, people.
local found = {}
local people = {unpack(ARGV, 3)}
for i = 1, #people do found[i] = 0 end
for _, worker in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  if worker ~= ARGV[1] then
    local held = redis.call('SMISMEMBER', ARGV[2] .. 'held:' .. worker, unpack(people))
    local due = redis.call('SMISMEMBER', ARGV[2] .. 'due:' .. worker, unpack(people))
    for i = 1, #people do
      if held[i] == 1 then found[i] = 2 elseif due[i] == 1 and found[i] == 0 then found[i] = 1 end
    end
  end
end
return found
"""
"""For each of the people: 2 if another worker holds a socket of theirs, 1 if one counts them down, else 0."""
