import jwt from 'jsonwebtoken';

// region: verify
/** The claims of a token, if its signature and its date are good. */
function claimsIn(token) {
  try {
    return jwt.verify(token, process.env.JWT_SECRET, { algorithms: ['HS256'] });
  } catch {
    return undefined;
  }
}
// endregion

export default function register(io) {
  io.on('connection', (socket) => {
    // region: use
    socket.on('readMarks', (token, ack) => {
      const claims = claimsIn(token);
      if (claims) ack({ marksOf: claims.sub });
      else ack({ error: 'not_allowed' });
    });
    // endregion
  });
}
