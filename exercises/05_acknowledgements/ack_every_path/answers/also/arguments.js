// Old style, no helper function, and still right.
export default function register(io) {
  io.on('connect', function (socket) {
    socket.on('toFahrenheit', function () {
      var answer = arguments[arguments.length - 1];
      var celsius = arguments[0] ? arguments[0].celsius : undefined;
      if (typeof answer !== 'function') return;
      switch (true) {
        case typeof celsius !== 'number':
          return answer({ ok: false, error: 'not_a_number' });
        case celsius < -273.15:
          return answer({ ok: false, error: 'too_cold' });
        default:
          return answer({ ok: true, fahrenheit: 32 + celsius * 9 / 5 });
      }
    });
  });
}
