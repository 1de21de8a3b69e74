# Prints a token that signs one of your users in at the chat: ruby sign.rb <external id>
#
# Call this on your backend, for the user whom your own session knows. Never in the browser: who has the secret can be
# any of your users.
require 'json'
require 'openssl'

LIFETIME = 15 * 60 # seconds

def sign(external_id, key_id, secret)
  now = Time.now.to_i
  header = { alg: 'HS256', typ: 'JWT', kid: key_id }
  claims = { scope: 'user', external_id: external_id, iat: now, exp: now + LIFETIME }
  text = "#{part(JSON.generate(header))}.#{part(JSON.generate(claims))}"
  # The secret is used as the text that it is: it is not decoded.
  "#{text}.#{part(OpenSSL::HMAC.digest('SHA256', secret, text))}"
end

def part(bytes)
  [bytes].pack('m0').tr('+/', '-_').delete('=')
end

key_id, secret = ENV.values_at('PARLOR_KEY_ID', 'PARLOR_SECRET').map(&:to_s)
external_id = ARGV[0].to_s # your own id of the user, always a string: user.id.to_s
if [key_id, secret, external_id].any?(&:empty?)
  abort 'Set PARLOR_KEY_ID and PARLOR_SECRET, and give the external id of a user.'
end
puts sign(external_id, key_id, secret)
